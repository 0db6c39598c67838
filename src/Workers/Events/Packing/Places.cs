namespace BusIngest.Workers.Events.Packing;

/// <summary>Ascending places in a message, each as the difference to the one before.</summary>
internal static class Places
{
    /// <summary>Packs places.</summary>
    /// <param name="places">Ascending, from 0.</param>
    public static byte[] Write(IEnumerable<int> places)
    {
        var packed = new PackedWriter();
        var last = 0;
        foreach (var place in places)
        {
            packed.Number(place - last);
            last = place;
        }

        return packed.Written.ToArray();
    }

    /// <summary>How many there are of a stretch.</summary>
    public static int Count(ReadOnlySpan<byte> places, int first, int count)
    {
        var packed = new PackedReader(places);
        var (place, found) = (0, 0);
        while (!packed.AtEnd)
        {
            place += (int)packed.Number();
            found += place >= first && place < first + count ? 1 : 0;
        }

        return found;
    }
}
