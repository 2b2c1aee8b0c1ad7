namespace TuneLab.Hosting.Protocol;

/// <summary>A line of the protocol.</summary>
internal interface IMessage
{
    /// <summary>How many bytes follow the line.</summary>
    int Bytes { get; init; }
}
