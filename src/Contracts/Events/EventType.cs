namespace BusIngest.Contracts.Events;

/// <summary>What an event tells of. The numbers are stored, and stay as they are.</summary>
public enum EventType
{
    /// <summary>`message_sent`.</summary>
    MessageSent = 0,

    /// <summary>`call_made`.</summary>
    CallMade = 1,

    /// <summary>`form_submitted`.</summary>
    FormSubmitted = 2,

    /// <summary>`login`.</summary>
    Login = 3,

    /// <summary>`custom`.</summary>
    Custom = 4,
}
