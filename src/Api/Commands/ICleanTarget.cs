namespace BusIngest.Api.Commands;

/// <summary>A place that holds data of the program.</summary>
internal interface ICleanTarget
{
    /// <summary>What to call it, without a password.</summary>
    string Name { get; }

    /// <summary>Looks what there is to delete.</summary>
    /// <exception cref="CommandException">It can't be reached.</exception>
    Task<CleanStock> CountAsync(CancellationToken cancellationToken);

    /// <summary>Deletes it, and what came since.</summary>
    /// <exception cref="CommandException">It can't be reached, or left it undone.</exception>
    Task CleanAsync(CancellationToken cancellationToken);
}
