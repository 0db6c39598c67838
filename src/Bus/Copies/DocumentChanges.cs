using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Copies;

/// <summary>
/// Notes which documents change, in the transaction that changes them, so that their copies follow whatever happens in between. Where nothing is
/// copied it does nothing. Bulk work notes a range of numbers, one row however many documents that is.
/// </summary>
/// <param name="areNoted">Whether documents are copied anywhere.</param>
/// <param name="time">The clock.</param>
public sealed class DocumentChanges(bool areNoted, TimeProvider time)
{
    /// <summary>Whether changes are noted: with a place to copy to.</summary>
    public bool AreNoted => areNoted;

    /// <summary>Notes, with a consumer's effects, that documents with numbers from the first to the last have changed, have come or gone.</summary>
    public void Note(ConsumerTransaction transaction, string collection, long first, long last)
    {
        if (areNoted)
            transaction.Write(1, session => Note(session, collection, first, last), batch => Note(batch, collection, first, last));
    }

    /// <summary>Notes, with a consumer's effects, that a document has changed, has come or gone.</summary>
    public void Note(ConsumerTransaction transaction, string collection, Guid documentId)
    {
        if (!areNoted)
            return;

        var now = time.GetUtcNow();
        transaction.Write(
            1,
            session => session.AddChange(collection, documentId, now),
            batch => batch.AddChange(collection, documentId, now));
    }

    /// <summary>Notes that documents with numbers from the first to the last have changed, have come or gone.</summary>
    public void Note(SqliteSession session, string collection, long first, long last)
    {
        if (areNoted)
            session.AddChange(collection, first, last, anew: false, time.GetUtcNow());
    }

    /// <summary>Notes that documents with numbers from the first to the last have changed, have come or gone.</summary>
    public void Note(PostgresBatch batch, string collection, long first, long last)
    {
        if (areNoted)
            batch.AddChange(collection, first, last, anew: false, time.GetUtcNow());
    }
}
