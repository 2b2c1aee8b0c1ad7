namespace TuneLab.Hosting.Protocol;

/// <summary>A line that was read, and the bytes behind it.</summary>
internal readonly record struct Message<T>(T Line, byte[] Payload)
    where T : class, IMessage;
