using System.Collections.Concurrent;

namespace BusIngest.Api.Hosting;

/// <summary>The keyed requests that this process carries out now: one of a key at a time.</summary>
internal sealed class RequestsUnderWay
{
    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Takes the turn of a key.</summary>
    /// <returns>The caller's own turn, which he has to end; or that of the one who is at it.</returns>
    public Turn Take(KeyedRequest request, out bool isOwn)
    {
        var own = new Turn(this, request);
        var held = _turns.GetOrAdd(request.Scope, own);
        isOwn = held == own;
        return held;
    }

    /// <summary>Somebody's turn of a key.</summary>
    internal sealed class Turn(RequestsUnderWay all, KeyedRequest request) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What is being carried out.</summary>
        public string Fingerprint => request.Fingerprint;

        /// <summary>Ends with the turn.</summary>
        public Task Over => _over.Task;

        /// <inheritdoc />
        public void Dispose()
        {
            all._turns.TryRemove(KeyValuePair.Create(request.Scope, this));
            _over.TrySetResult();
        }
    }
}
