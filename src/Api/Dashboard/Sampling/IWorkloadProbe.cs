namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>Tells how a workload is. A workload shows on the overview by registering one.</summary>
internal interface IWorkloadProbe
{
    /// <summary>The workload's name for people.</summary>
    string Name { get; }

    /// <summary>What it works off, in the plural.</summary>
    string Unit { get; }

    /// <summary>The page that tells more.</summary>
    string Path { get; }

    /// <summary>With what the names of its endpoints begin: their failed messages count as its errors.</summary>
    string EndpointPrefix { get; }

    /// <summary>Reads its figures.</summary>
    /// <param name="services">Those of one sample.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken);
}
