namespace TuneLab.Hosting;

/// <summary>How a host is started: a program that calls <see cref="Serving.HostServer.Run"/> with the trainers that the pool's owner has.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record HostCommand(string File, IReadOnlyList<string> Arguments);
