using System.Diagnostics.CodeAnalysis;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A single value.</summary>
public abstract class ScalarShape<T> : Shape<T>
{
    public sealed override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        if (node is ScalarNode scalar && TryParse(scalar, out value))
        {
            return true;
        }

        context.Faults.AddWrong(node, node is ScalarNode wrong ? AllowedFor(wrong) : Allowed);
        value = default;
        return false;
    }

    protected abstract bool TryParse(ScalarNode node, [MaybeNullWhen(false)] out T value);

    /// <summary>What is allowed, with a hint that fits the value given.</summary>
    protected virtual string AllowedFor(ScalarNode node) => Allowed;
}
