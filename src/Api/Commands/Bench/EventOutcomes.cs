namespace BusIngest.Api.Commands.Bench;

/// <summary>What came of events, by their numbers; one that is sent twice has the better of two outcomes. Thread-safe.</summary>
internal sealed class EventOutcomes
{
    private const byte Unknown = 1;
    private const byte Accepted = 2;

    private readonly Lock _gate = new();
    private byte[] _outcomes = new byte[65_536];

    /// <summary>Notes that events were accepted.</summary>
    public void Accept(List<int> numbers) => Note(numbers, Accepted);

    /// <summary>Notes that nobody knows whether events were.</summary>
    public void Lose(List<int> numbers) => Note(numbers, Unknown);

    /// <summary>Whether an event was in a request that was accepted.</summary>
    public bool IsAccepted(int number) => Of(number) == Accepted;

    /// <summary>Whether nobody knows if it was.</summary>
    public bool IsUnknown(int number) => Of(number) == Unknown;

    private byte Of(int number)
    {
        lock (_gate)
            return number < _outcomes.Length ? _outcomes[number] : (byte)0;
    }

    private void Note(List<int> numbers, byte outcome)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                if (number >= _outcomes.Length)
                    Array.Resize(ref _outcomes, Math.Max(number + 1, _outcomes.Length * 2));
                _outcomes[number] = Math.Max(_outcomes[number], outcome);
            }
        }
    }
}
