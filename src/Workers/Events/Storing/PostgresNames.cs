using System.Text;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Gives accounts and users of events their numbers on PostgreSQL. New ones are committed before the events are, so that no number is
/// remembered that might be undone.
/// </summary>
internal sealed class PostgresNames(PostgresDatabase database)
{
    private readonly Lock _gate = new();
    private readonly NameCache _cache = new();

    /// <summary>The numbers of each event's account and user.</summary>
    public async Task<(int Account, int User)[]> FindAsync(IReadOnlyList<ReadEvent> events, CancellationToken cancellationToken)
    {
        var numbers = new (int Account, int User)[events.Count];
        await FillAsync(events, numbers, accounts: true, cancellationToken);
        await FillAsync(events, numbers, accounts: false, cancellationToken);
        return numbers;
    }

    private async Task FillAsync(IReadOnlyList<ReadEvent> events, (int Account, int User)[] numbers, bool accounts, CancellationToken cancellationToken)
    {
        var unknown = FillFromCache(events, numbers, accounts);
        if (unknown.Count == 0)
            return;

        var found = await FindOrAddAsync(unknown, accounts, cancellationToken);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (accounts && numbers[i].Account == 0)
                numbers[i].Account = found[(0, Text(events[i].AccountId))];
            else if (!accounts && numbers[i].User == 0)
                numbers[i].User = found[(numbers[i].Account, Text(events[i].UserId))];
        }

        Keep(found);
    }

    /// <summary>Looks where they were looked up before.</summary>
    /// <returns>Those that are not there, in an order that is the same in every process.</returns>
    private SortedSet<(int Scope, string Name)> FillFromCache(IReadOnlyList<ReadEvent> events, (int Account, int User)[] numbers, bool accounts)
    {
        var unknown = new SortedSet<(int Scope, string Name)>(Comparer<(int Scope, string Name)>.Create(static (x, y) =>
            x.Scope != y.Scope ? x.Scope.CompareTo(y.Scope) : string.CompareOrdinal(x.Name, y.Name)));
        lock (_gate)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                var (scope, name) = accounts ? (0, events[i].AccountId) : (numbers[i].Account, events[i].UserId);
                var number = _cache.Find(scope, name.Span);
                if (number == 0)
                    unknown.Add((scope, Text(name)));
                else if (accounts)
                    numbers[i].Account = number;
                else
                    numbers[i].User = number;
            }
        }

        return unknown;
    }

    private void Keep(Dictionary<(int Scope, string Name), int> found)
    {
        lock (_gate)
        {
            foreach (var ((scope, name), number) in found)
                _cache.Keep(scope, Encoding.UTF8.GetBytes(name), number);
        }
    }

    private async Task<Dictionary<(int Scope, string Name), int>> FindOrAddAsync(
        SortedSet<(int Scope, string Name)> unknown, bool accounts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                var found = new Dictionary<(int Scope, string Name), int>();
                // Looked up first: a row that is not inserted costs a number all the same.
                await connection.FindNamesAsync(accounts, unknown, found, cancellationToken);
                if (found.Count < unknown.Count)
                {
                    unknown.ExceptWith(found.Keys);
                    await connection.AddNamesAsync(accounts, unknown, cancellationToken);
                    await connection.FindNamesAsync(accounts, unknown, found, cancellationToken);
                }

                return found;
            },
            cancellationToken);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
