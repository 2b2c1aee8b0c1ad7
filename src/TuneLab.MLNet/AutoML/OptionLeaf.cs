using System.Text.Json;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using TuneLab.Space;
using MLParameter = Microsoft.ML.SearchSpace.Parameter;
using Parameter = TuneLab.Space.Parameter;

namespace TuneLab.MLNet.AutoML;

/// <summary>One option of ML.NET's search space that is no space itself, and the coordinates of ML.NET's feature space that it takes.</summary>
internal sealed class OptionLeaf
{
    private readonly OptionBase _option;
    private readonly int _first;

    /// <param name="path">The names that lead to it.</param>
    /// <param name="option">The option.</param>
    /// <param name="first">Its first coordinate.</param>
    public OptionLeaf(IReadOnlyList<string> path, OptionBase option, int first)
    {
        (Path, _option, _first) = (path, option, first);
        Parameters = [.. Make()];
    }

    /// <summary>The names that lead to it.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The texts of a choice; null where it is none.</summary>
    public IReadOnlyList<string>? Choices => _option is ChoiceOption choice ? [.. choice.Choices.Select(Text)] : null;

    /// <summary>What TuneLab searches: one for each coordinate.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Sets a choice by its index.</summary>
    public void Choose(double[] features, int index) => features[_first] = (index + 0.5) / ((ChoiceOption)_option).Choices.Length;

    /// <summary>Sets its coordinates from a configuration.</summary>
    public void Write(Configuration configuration, double[] features)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            features[_first + i] = Math.Clamp(Coordinate(Parameters[i], configuration.Values[Parameters[i].Name]), 0, 1);
        }
    }

    /// <summary>Its values at a point of ML.NET's feature space.</summary>
    public IEnumerable<KeyValuePair<string, ParameterValue>> Read(double[] features)
        => Parameters.Select((parameter, i) => KeyValuePair.Create(parameter.Name, Value(parameter, features[_first + i])));

    private IEnumerable<Parameter> Make()
    {
        var name = string.Join('.', Path);
        switch (_option)
        {
            case ChoiceOption { FeatureSpaceDim: 0 }:
                yield break;
            case ChoiceOption choice:
                var texts = choice.Choices.Select(Text).ToArray();
                var distinct = texts.Distinct(StringComparer.Ordinal).Count() == texts.Length;
                yield return new ChoiceParameter(name, [.. texts.Select((t, i) => distinct ? t : i.ToString(CultureInfo.InvariantCulture))]);
                break;
            case UniformIntOption whole:
                yield return new IntParameter(name, (long)whole.Min, (long)whole.Max, whole.LogBase ? Scale.Log : Scale.Linear);
                break;
            case UniformNumericOption number:
                yield return new FloatParameter(name, number.Min, number.Max, number.LogBase ? Scale.Log : Scale.Linear);
                break;
            default:
                for (var i = 0; i < _option.FeatureSpaceDim; i++)
                {
                    yield return new FloatParameter(_option.FeatureSpaceDim == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), 0, 1);
                }

                break;
        }
    }

    // ML.NET rounds whole numbers down, so the middle between one and the next is the safe place for it
    private double Coordinate(Parameter parameter, ParameterValue value) => (_option, parameter) switch
    {
        (ChoiceOption choice, ChoiceParameter names) => (Enumerable.Range(0, names.Choices.Count).First(i => names.Choices[i] == value.Name) + 0.5) / choice.Choices.Length,
        (UniformIntOption whole, _) => value.Number >= whole.Max ? 1 : Place(whole, value.Number + 0.5),
        (UniformNumericOption number, _) => Place(number, value.Number),
        _ => value.Number,
    };

    private ParameterValue Value(Parameter parameter, double feature) => (_option, parameter) switch
    {
        (ChoiceOption, ChoiceParameter names) => names.FromUnit(feature),
        (UniformIntOption whole, IntParameter range) => Math.Clamp((long)Math.Floor(Number(whole, feature) + 1e-9), range.Low, range.High),
        (UniformNumericOption number, FloatParameter range) => range.FromUnit(range.ToUnit(Math.Clamp(Number(number, feature), range.Low, range.High))),
        _ => feature,
    };

    private static double Place(UniformNumericOption option, double value)
        => option.LogBase ? Math.Log(value / option.Min) / Math.Log(option.Max / option.Min) : (value - option.Min) / (option.Max - option.Min);

    private static double Number(UniformNumericOption option, double feature)
        => option.LogBase ? option.Min * Math.Pow(option.Max / option.Min, feature) : option.Min + (option.Max - option.Min) * feature;

    private static string Text(MLParameter choice) => choice.ParameterType == ParameterType.String ? choice.AsType<string>() : JsonSerializer.Serialize(choice);
}
