using BusIngest.Support.Programs;

namespace BusIngest.Faults.BadInput;

/// <summary>One program without a generator for all bad input: it has to live through all of it.</summary>
public sealed class ServedProgram : IAsyncLifetime
{
    private readonly Installation _installation = new();

    /// <summary>The directories it runs on.</summary>
    public Installation Installation => _installation;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => await _installation.StartAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _installation.DisposeAsync();
}
