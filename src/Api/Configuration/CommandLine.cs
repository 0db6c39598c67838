namespace BusIngest.Api.Configuration;

/// <summary>Reads command-line switches: <c>--PORT 3001</c>, <c>--PORT=3001</c>, <c>--Outbox:MaxChunkRecords 500</c>.</summary>
internal static class CommandLine
{
    /// <summary>Reads the switches; a later one of the same name wins.</summary>
    /// <exception cref="SettingsException">An argument is no switch, or a switch has no value.</exception>
    public static Dictionary<string, string> Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            if (!arg.StartsWith("--", StringComparison.Ordinal) || arg.Length == 2 || equals == 2)
                errors.Add($"Argument {i + 1} is not a switch of the form --NAME value or --NAME=value");
            else if (equals > 0)
                values[arg[2..equals]] = arg[(equals + 1)..];
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                values[arg[2..]] = args[++i];
            else
                errors.Add($"{SettingReader.Printable(arg)}: has no value");
        }

        return errors.Count == 0 ? values : throw new SettingsException(errors);
    }
}
