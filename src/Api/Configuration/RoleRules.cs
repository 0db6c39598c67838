namespace BusIngest.Api.Configuration;

/// <summary>Which roles a process may take.</summary>
internal static class RoleRules
{
    private static readonly Roles[] Each = [Roles.Api, Roles.Workers, Roles.Sagas, Roles.Scheduler, Roles.Seeder];

    /// <summary>Reads ROLES; refuses unknown names, and fewer roles than work alone unless there is something to share.</summary>
    public static Roles Read(SettingReader reader)
    {
        if (reader.Find(SettingKeys.Roles) is not { } value)
            return Roles.All;

        var roles = Roles.None;
        foreach (var name in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var role = Each.FirstOrDefault(role => Name(role).Equals(name, StringComparison.OrdinalIgnoreCase));
            if (role == Roles.None)
            {
                reader.Refuse(value, $"names an unknown role '{SettingReader.Printable(name)}'; roles are {Names(Roles.All)}");
                return Roles.All;
            }

            roles |= role;
        }

        var missing = Roles.Needed & ~roles;
        var isShared = reader.Find(SettingKeys.RabbitMqUrl) is not null
            && (reader.Find(SettingKeys.DatabaseUrl) ?? reader.Find(SettingKeys.DatabaseHost)) is not null;
        if (missing != Roles.None && !isShared)
        {
            reader.Refuse(value, $"leaves out {Names(missing)}: several processes need both RABBITMQ_URL and DATABASE_URL; "
                + "without them only seeder may be left out");
        }

        return roles;
    }

    private static string Names(Roles roles) => string.Join(", ", Each.Where(role => roles.HasFlag(role)).Select(Name));

#pragma warning disable CA1308 // Roles are written in lower case.
    private static string Name(Roles role) => role.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
