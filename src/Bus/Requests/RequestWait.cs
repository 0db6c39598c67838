using MassTransit;

namespace BusIngest.Bus.Requests;

/// <summary>How long a caller waits for an answer, from when on: what a request's deadline is made of when it is sent, which may be later.</summary>
/// <param name="within">The whole wait.</param>
/// <param name="time">The clock.</param>
public sealed class RequestWait(TimeSpan within, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();

    /// <summary>The whole wait.</summary>
    internal TimeSpan Within => within;

    /// <summary>How long it has lasted.</summary>
    internal TimeSpan Elapsed => time.GetElapsedTime(_begun);

    /// <summary>Has a request know of it.</summary>
    public void Attach<TRequest>(IRequestPipeConfigurator<TRequest> request)
        where TRequest : class => request.UseExecute(context => context.AddOrUpdatePayload(() => this, _ => this));
}
