using System.Diagnostics.Metrics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>
/// Shows the figures as gauges. They are looked up when somebody asks, at most once a second for all who do: nobody who watches costs nothing, and a
/// source that fails spoils no other.
/// </summary>
internal sealed class FigureBoard : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Resolved late: what they look at is made when the host has begun.</summary>
    private readonly Lazy<IReadOnlyList<IFigureSource>> _sources;
    private readonly TimeProvider _time;
    private readonly ILogger<FigureBoard> _logger;
    private readonly Meter _meter;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile FigureSheet _sheet = new();
    private long? _lookedAt;

    public FigureBoard(IServiceProvider services, TimeProvider time, ILogger<FigureBoard> logger)
    {
        _sources = new(() => [.. services.GetServices<IFigureSource>()]);
        _time = time;
        _logger = logger;
        _meter = new Meter(new MeterOptions(Meters.Name) { Scope = this });
        foreach (var figure in FigureNames.All)
            _meter.CreateObservableGauge(figure.Name, () => _sheet.Of(figure), figure.Unit, figure.Description);
    }

    /// <summary>Looks everything up, unless somebody just did.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_lookedAt is { } at && _time.GetElapsedTime(at) < Age)
                return;

            _sheet = await LookAsync(cancellationToken);
            _lookedAt = _time.GetTimestamp();
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _meter.Dispose();
        _looking.Dispose();
    }

    private async Task<FigureSheet> LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Deadline, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var sheet = new FigureSheet();
        foreach (var source in _sources.Value)
        {
            var own = new FigureSheet();
            var isKnown = await TryReadAsync(source, own, deadline.Token);
            if (isKnown)
                sheet.Add(own);
            sheet.Add(FigureNames.Unavailable, isKnown ? 0 : 1, ("source", source.Name));
        }

        return sheet;
    }

    private async Task<bool> TryReadAsync(IFigureSource source, FigureSheet sheet, CancellationToken cancellationToken)
    {
        try
        {
            await source.ReadAsync(sheet, cancellationToken);
            return true;
        }
        catch (Exception exception)
        {
            // A database that is away, as a rule; whoever watches sees it by the gauge.
            _logger.LogDebug(exception, "The figures of {Source} can't be looked up", source.Name);
            return false;
        }
    }
}
