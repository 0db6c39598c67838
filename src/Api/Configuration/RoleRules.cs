using BusIngest.Bus;

namespace BusIngest.Api.Configuration;

/// <summary>Which roles a process may take.</summary>
internal static class RoleRules
{
    /// <summary>Reads ROLES; refuses unknown names, and fewer roles than work alone unless there is something to share.</summary>
    public static Roles Read(SettingReader reader)
    {
        if (reader.Find(SettingKeys.Roles) is not { } value)
            return Roles.All;

        var roles = Roles.None;
        foreach (var name in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var role = RoleNames.Each.FirstOrDefault(role => role.Written().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (role == Roles.None)
            {
                reader.Refuse(value, $"names an unknown role '{SettingReader.Printable(name)}'; roles are {Roles.All.Written(", ")}");
                return Roles.All;
            }

            roles |= role;
        }

        var missing = Roles.Needed & ~roles;
        var isShared = reader.Find(SettingKeys.RabbitMqUrl) is not null
            && (reader.Find(SettingKeys.DatabaseUrl) ?? reader.Find(SettingKeys.DatabaseHost)) is not null;
        if (missing != Roles.None && !isShared)
        {
            reader.Refuse(value, $"leaves out {missing.Written(", ")}: several processes need both RABBITMQ_URL and DATABASE_URL; "
                + "without them only seeder may be left out");
        }

        return roles;
    }
}
