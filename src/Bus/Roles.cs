namespace BusIngest.Bus;

/// <summary>What a process does.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Answers HTTP.</summary>
    Api = 1,

    /// <summary>Consumes messages and stores what they carry.</summary>
    Workers = 2,

    /// <summary>Decides what comes next.</summary>
    Sagas = 4,

    /// <summary>Sends what is due later.</summary>
    Scheduler = 8,

    /// <summary>Generates cars.</summary>
    Seeder = 16,

    /// <summary>What has to run somewhere for the system to work: all but the seeder.</summary>
    Needed = Api | Workers | Sagas | Scheduler,

    /// <summary>Everything; the default.</summary>
    All = Needed | Seeder,
}
