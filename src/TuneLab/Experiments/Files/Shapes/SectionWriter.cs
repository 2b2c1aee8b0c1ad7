using System.Text.Json;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Writes the keys of one section.</summary>
public sealed class SectionWriter(Utf8JsonWriter writer)
{
    /// <summary>Writes a key; leaves it out when the value is null.</summary>
    public void Put<T>(Key<T> key, T? value)
        where T : class
    {
        if (value is not null)
        {
            writer.WritePropertyName(key.Name);
            key.Shape.Write(writer, value);
        }
    }

    /// <inheritdoc cref="Put{T}(Key{T}, T)"/>
    public void Put<T>(Key<T> key, T? value)
        where T : struct
    {
        if (value is { } given)
        {
            writer.WritePropertyName(key.Name);
            key.Shape.Write(writer, given);
        }
    }
}
