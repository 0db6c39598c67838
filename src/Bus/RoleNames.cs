namespace BusIngest.Bus;

/// <summary>How roles are written: `api,workers`.</summary>
public static class RoleNames
{
    /// <summary>The roles there are, one by one.</summary>
    public static IReadOnlyList<Roles> Each { get; } = [Roles.Api, Roles.Workers, Roles.Sagas, Roles.Scheduler, Roles.Seeder];

    /// <summary>The names of some roles, separated by commas.</summary>
    public static string Written(this Roles roles, string separator = ",") =>
        string.Join(separator, Each.Where(role => roles.HasFlag(role)).Select(Name));

#pragma warning disable CA1308 // Roles are written in lower case.
    private static string Name(Roles role) => role.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
