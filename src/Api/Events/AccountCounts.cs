using System.Text;

namespace BusIngest.Api.Events;

/// <summary>How many events of each account a batch has.</summary>
internal sealed class AccountCounts
{
    private readonly List<(byte[] Account, int Events)> _counts = [];

    /// <summary>The accounts, each once, in the order in which the batch has them.</summary>
    public IReadOnlyList<AccountEvents> Read() => _counts.ConvertAll(count => new AccountEvents(Encoding.UTF8.GetString(count.Account), count.Events));

    /// <summary>Counts an event. A batch is of one account, mostly, or of a few.</summary>
    public void Add(ReadOnlySpan<byte> account)
    {
        for (var i = _counts.Count - 1; i >= 0; i--)
        {
            if (account.SequenceEqual(_counts[i].Account))
            {
                _counts[i] = (_counts[i].Account, _counts[i].Events + 1);
                return;
            }
        }

        _counts.Add((account.ToArray(), 1));
    }
}

/// <summary>An account's part of a batch.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Events">How many events, at least 1.</param>
internal readonly record struct AccountEvents(string AccountId, int Events);
