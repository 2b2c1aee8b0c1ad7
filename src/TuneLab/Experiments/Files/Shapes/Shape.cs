using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>What may stand at a place of the experiment file: the one description that reader, writer and schema share.</summary>
public abstract class Shape
{
    /// <summary>What is allowed, in words that follow "allowed is".</summary>
    public abstract string Allowed { get; }

    /// <summary>The same as JSON Schema, draft 7; a new object each time.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A shape that is read into a <typeparamref name="T"/> and written from it.</summary>
public abstract class Shape<T> : Shape
{
    /// <summary>Reads a node; adds what is wrong with it to the faults.</summary>
    /// <returns>Whether there is a value.</returns>
    public abstract bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes what <see cref="TryRead"/> reads back.</summary>
    public abstract void Write(Utf8JsonWriter writer, T value);
}

/// <summary>What reading needs besides the nodes.</summary>
/// <param name="Faults">Where faults go.</param>
/// <param name="Folder">The file's folder, absolute: what paths are relative to.</param>
/// <param name="DefaultName">The experiment's name where the file gives none.</param>
public sealed record ReadContext(FaultList Faults, string Folder, string DefaultName);
