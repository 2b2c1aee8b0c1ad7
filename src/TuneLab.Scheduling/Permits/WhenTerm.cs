namespace TuneLab.Scheduling.Permits;

/// <summary>One of the ways in which work may run: all of its windows are open, and the machine is idle if it says so.</summary>
/// <param name="Text">As it was written: <c>night+idle</c>.</param>
/// <param name="Times">Its windows.</param>
/// <param name="Idle">Whether the machine must be idle.</param>
internal sealed record WhenTerm(string Text, WindowsTogether Times, bool Idle);
