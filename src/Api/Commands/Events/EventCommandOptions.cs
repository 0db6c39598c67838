using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BusIngest.Api.Commands.Events;

/// <summary>Options that the commands about events share.</summary>
internal static class EventCommandOptions
{
    /// <summary>How many accounts.</summary>
    public static Option<int> Accounts(int fallback) => Whole("--accounts", "Accounts, of which a few are large and most are small", fallback, 1, 1_000_000);

    /// <summary>How many users an account has.</summary>
    public static Option<int> Users() => Whole("--users", "Users of an account, busy and idle like the accounts", 100, 1, 1_000_000);

    /// <summary>A share.</summary>
    public static Option<double> Share(string name, string description, double fallback)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
                result.AddError($"{name} must be from 0 to 1.");
        });
        return option;
    }

    /// <summary>A whole number.</summary>
    public static Option<int> Whole(string name, string description, int fallback, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result => ServiceOptions.CheckRange(result, least, most));
        return option;
    }

    /// <summary>A time.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name) { Description = description, CustomParser = ReadTime };

    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;

        result.AddError($"'{text}' is not an ISO 8601 time like 2026-01-31T12:00:00Z.");
        return null;
    }
}
