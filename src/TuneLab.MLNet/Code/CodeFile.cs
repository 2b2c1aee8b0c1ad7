namespace TuneLab.MLNet.Code;

/// <summary>A file of a generated project.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Text">What it holds; lines end with a line feed.</param>
public sealed record CodeFile(string Name, string Text);
