using System.CommandLine;

namespace BusIngest.Api.Commands;

/// <summary>The command `run`: that of the program without a command. Here for its help; see <see cref="ProgramCommands.Switches"/>.</summary>
internal static class RunCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "run";

    private const string About = """
        Serves, as the program does without a command. Every switch sets a setting, by its flat name or its section, and overrides environment
        variables, those a .env file in the working directory, and that appsettings.json; .env.example has the flat names.

          BusIngest.Api run
          BusIngest.Api run --PORT 3001 --DATA_DIR ./data --Webhooks:TimeoutMs=5000
          BusIngest.Api run --ROLES workers --DATA_DIR /var/lib/busingest/workers

        SIGTERM or Ctrl-C ends it with 0, after what is in hand, within 10 s. A setting that is wrong, a port or a DATA_DIR that is taken: 2, at once.
        """;

    /// <summary>Makes it.</summary>
    public static Command Create() => new(Name, About);
}
