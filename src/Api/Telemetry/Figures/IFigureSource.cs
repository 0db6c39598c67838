namespace BusIngest.Api.Telemetry.Figures;

/// <summary>Looks figures up.</summary>
internal interface IFigureSource
{
    /// <summary>What it is called, where it can't.</summary>
    string Name { get; }

    /// <summary>Looks its figures up.</summary>
    /// <param name="sheet">Where they go.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken);
}
