namespace BusIngest.Api.Configuration;

/// <summary>What a key is good for. None of them includes another: a key that only writes can't read.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Look at everything: every GET.</summary>
    Read = 1,

    /// <summary>Put data in, and take one's own back: cars, events, runs, timers.</summary>
    Write = 2,

    /// <summary>Steer the service: pause, cancel, reset, isolate, send again, drop.</summary>
    Operate = 4,

    /// <summary>Everything.</summary>
    All = Read | Write | Operate,
}
