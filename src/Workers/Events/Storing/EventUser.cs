namespace BusIngest.Workers.Events.Storing;

/// <summary>A user of an account: a row of the table `event_users`.</summary>
public sealed class EventUser
{
    /// <summary>The user's number, from 1, which no user of another account has.</summary>
    public int Ref { get; init; }

    /// <summary>The account's number.</summary>
    public int Account { get; init; }

    /// <summary>The client's own id.</summary>
    public required string UserId { get; init; }
}
