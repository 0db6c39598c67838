namespace BusIngest.Workers.Events.Packing;

/// <summary>A share of all users: those the hash of whose numbers ends in certain bits.</summary>
/// <param name="Bits">How many bits; 0: all users.</param>
/// <param name="Value">The bits.</param>
internal readonly record struct UserShare(int Bits, uint Value)
{
    /// <summary>Whether a user is in it.</summary>
    public bool Has(int user) => (Hash(user) & ((1u << Bits) - 1)) == Value;

    /// <summary>It in two.</summary>
    public (UserShare One, UserShare Other) Halves() => (new UserShare(Bits + 1, Value), new UserShare(Bits + 1, Value | (1u << Bits)));

    /// <summary>Neighbouring numbers differ in all bits (the end of MurmurHash3).</summary>
    private static uint Hash(int user)
    {
        var hash = (uint)user;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
