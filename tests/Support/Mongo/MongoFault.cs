namespace BusIngest.Support.Mongo;

/// <summary>What becomes of a command.</summary>
public enum MongoFault
{
    /// <summary>It is carried out and answered.</summary>
    None,

    /// <summary>The connection is cut, and it is not carried out.</summary>
    CutBefore,

    /// <summary>It is carried out, and the connection cut in place of the answer.</summary>
    CutAfter,
}
