using TuneLab.Space;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>A hyperparameter: one of ML.NET's options under its own name, in small letters with underscores.</summary>
/// <param name="Range">Its widest sensible range.</param>
/// <param name="Default">Its default; ML.NET's own unless said otherwise.</param>
/// <param name="Searched">What is searched by default; null: not searched.</param>
/// <param name="Cheap">Its value in the trainer's cheap configuration; null: the default.</param>
internal sealed record TrainerOption(Parameter Range, ParameterValue Default, Parameter? Searched = null, ParameterValue? Cheap = null)
{
    /// <summary>A whole number on the log scale.</summary>
    public static TrainerOption Whole(string name, (long Low, long High) range, long value, (long Low, long High)? searched = null, long? cheap = null)
        => new(new IntParameter(name, range.Low, range.High, Scale.Log), value, searched is { } s ? new IntParameter(name, s.Low, s.High, Scale.Log) : null, cheap is { } c ? ParameterValue.Of(c) : (ParameterValue?)null);

    /// <summary>A number, searched on the log scale.</summary>
    public static TrainerOption Log(string name, (double Low, double High) range, double value, (double Low, double High)? searched = null, double? cheap = null)
        => new(range.Low > 0 ? new FloatParameter(name, range.Low, range.High, Scale.Log) : new FloatParameter(name, range.Low, range.High), value, searched is { } s ? new FloatParameter(name, s.Low, s.High, Scale.Log) : null, cheap is { } c ? ParameterValue.Of(c) : (ParameterValue?)null);

    /// <summary>A number, searched on the linear scale.</summary>
    public static TrainerOption Linear(string name, (double Low, double High) range, double value, (double Low, double High)? searched = null)
        => new(new FloatParameter(name, range.Low, range.High), value, searched is { } s ? new FloatParameter(name, s.Low, s.High) : null);

    /// <summary>Yes or no.</summary>
    public static TrainerOption Flag(string name, bool value, bool searched = false)
        => new(new ChoiceParameter(name, "no", "yes"), value ? "yes" : "no", searched ? new ChoiceParameter(name, "no", "yes") : null);
}
