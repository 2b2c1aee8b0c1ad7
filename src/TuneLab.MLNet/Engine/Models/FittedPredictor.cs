using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Runs;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>A fitted ML.NET transformer that scores feature vectors. Immutable and thread-safe.</summary>
internal sealed class FittedPredictor
{
    /// <summary>The name of the score column.</summary>
    public const string Score = "Score";

    /// <summary>The name of the probability column.</summary>
    public const string Probability = "Probability";

    private readonly ITransformer _transformer;

    private FittedPredictor(ITransformer transformer, byte[] bytes) => (_transformer, Bytes) = (transformer, bytes);

    /// <summary>ML.NET's own zip of it: the same bytes for the same predictor.</summary>
    public byte[] Bytes { get; }

    /// <summary>The transformer.</summary>
    public ITransformer Transformer => _transformer;

    /// <summary>Takes what a fit gave.</summary>
    public static FittedPredictor Of(MLContext context, ITransformer transformer)
    {
        using var stream = new MemoryStream();
        context.Model.Save(transformer, null, stream);
        return new(transformer, FixedZip.Of(stream.ToArray()));
    }

    /// <summary>Reads <see cref="Bytes"/> back.</summary>
    /// <exception cref="InvalidDataException">ML.NET can't read them.</exception>
    public static FittedPredictor Load(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            return new(new MLContext(0).Model.Load(stream, out _), bytes);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or IOException)
        {
            throw new InvalidDataException("The ML.NET model in these bytes can't be read: " + e.Message, e);
        }
    }

    /// <summary>Reads a number for each row.</summary>
    /// <param name="matrix">The features.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="fields">The vectors of single fields that it needs besides.</param>
    /// <param name="take">Gets the row's place in <paramref name="rows"/> and its number.</param>
    /// <param name="column"><see cref="Score"/> or <see cref="Probability"/>.</param>
    public void Read(FeatureMatrix matrix, int[] rows, IReadOnlyList<FieldRange> fields, Action<int, float> take, string column)
    {
        var view = _transformer.Transform(new FeatureView(rows, [.. FitData.FeatureColumns(matrix, fields)]));
        var wanted = view.Schema[column];
        using var cursor = view.GetRowCursor([wanted]);
        if (wanted.Type is VectorDataViewType)
        {
            throw new InvalidOperationException($"The column '{column}' holds vectors.");
        }

        var getter = cursor.GetGetter<float>(wanted);
        for (var i = 0; cursor.MoveNext(); i++)
        {
            var value = 0f;
            getter(ref value);
            take(i, value);
        }
    }

    /// <summary>Reads the scores of all classes for each row.</summary>
    /// <param name="matrix">The features.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="fields">The vectors of single fields that it needs besides.</param>
    /// <param name="take">Gets the row's place in <paramref name="rows"/> and its scores, which it may not keep.</param>
    public void ReadVectors(FeatureMatrix matrix, int[] rows, IReadOnlyList<FieldRange> fields, Action<int, float[]> take)
    {
        var view = _transformer.Transform(new FeatureView(rows, [.. FitData.FeatureColumns(matrix, fields)]));
        var wanted = view.Schema[Score];
        using var cursor = view.GetRowCursor([wanted]);
        var getter = cursor.GetGetter<VBuffer<float>>(wanted);
        var (vector, scores) = (default(VBuffer<float>), Array.Empty<float>());
        for (var i = 0; cursor.MoveNext(); i++)
        {
            getter(ref vector);
            scores = scores.Length == vector.Length ? scores : new float[vector.Length];
            vector.CopyTo(scores);
            take(i, scores);
        }
    }
}
