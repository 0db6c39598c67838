using System.CommandLine;

namespace BusIngest.Api.Commands.Events;

/// <summary>Options that the commands about events share.</summary>
internal static class EventCommandOptions
{
    /// <summary>How many accounts.</summary>
    public static Option<int> Accounts(int fallback) =>
        CommandOptions.Whole("--accounts", "Accounts, of which a few are large and most are small, 1-1000000", fallback, 1, 1_000_000);

    /// <summary>How many users an account has.</summary>
    public static Option<int> Users() => CommandOptions.Whole("--users", "Users of an account, busy and idle like the accounts, 1-1000000", 100, 1, 1_000_000);
}
