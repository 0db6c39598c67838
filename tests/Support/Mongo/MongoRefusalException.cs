namespace BusIngest.Support.Mongo;

/// <summary>A write that a server refuses.</summary>
/// <param name="code">MongoDB's code.</param>
/// <param name="message">What it says.</param>
internal sealed class MongoRefusalException(int code, string message) : Exception(message)
{
    /// <summary>MongoDB's code.</summary>
    public int Code => code;
}
