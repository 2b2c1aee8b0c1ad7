using FsCheck;
using FsCheck.Fluent;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Space;

public sealed class ParameterTests
{
    [Fact]
    public void RoundTrip_EveryValueOfADiscreteParameter_ComesBack()
    {
        for (var k = 0; k < 100; k++)
        {
            var parameter = SpaceExamples.RandomParameter("p", new Seed(1).Child(k).Random());
            if (parameter.Cardinality is not { } count)
            {
                continue;
            }

            var values = Values(parameter);
            Assert.Equal(count, values.Count);
            foreach (var value in values)
            {
                Assert.True(parameter.Contains(value), $"{parameter.Describe()} contains {value}");
                Assert.Equal(value, parameter.FromUnit(parameter.ToUnit(value)));
            }
        }
    }

    [Fact]
    public void RoundTrip_AnyCoordinateOfARandomParameter_ComesBack()
        => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<ushort>(), (seed, at) =>
        {
            var parameter = SpaceExamples.RandomParameter("p", new Seed((ulong)seed).Random());
            var value = parameter.FromUnit(at / (double)ushort.MaxValue);
            return (parameter.Contains(value) && parameter.FromUnit(parameter.ToUnit(value)) == value).Label($"{parameter.Describe()}: {value} became {parameter.FromUnit(parameter.ToUnit(value))}");
        }));

    [Theory]
    [InlineData(0.01, 0.3, Scale.Log, 0.1)]
    [InlineData(0.01, 0.3, Scale.Log, 0.0123456789012)]
    [InlineData(1e-8, 1e3, Scale.Log, 7.5e-5)]
    [InlineData(0, 1, Scale.Linear, 0.1)]
    [InlineData(-3, 5, Scale.Linear, 0.30000000001)]
    [InlineData(0, 1e6, Scale.Linear, 123456.789)]
    [InlineData(1e-12, 3e-12, Scale.Linear, 2.2e-12)]
    public void RoundTrip_AValueThatAPersonWrites_ComesBackExactly(double low, double high, Scale scale, double value)
    {
        var parameter = new FloatParameter("p", low, high, scale);
        Assert.Equal(value, parameter.FromUnit(parameter.ToUnit(value)).Number);
        Assert.Equal(low, parameter.FromUnit(0).Number);
        Assert.Equal(high, parameter.FromUnit(1).Number);
    }

    [Fact]
    public void RoundTrip_BoundsWithManyDigits_ComeBackExactly()
    {
        foreach (var parameter in new[] { new FloatParameter("p", 1 / 3.0, Math.PI), new FloatParameter("p", 1 / 3.0, Math.PI, Scale.Log) })
        {
            Assert.Equal(1 / 3.0, parameter.FromUnit(parameter.ToUnit(1 / 3.0)).Number);
            Assert.Equal(Math.PI, parameter.FromUnit(parameter.ToUnit(Math.PI)).Number);
        }
    }

    [Fact]
    public void FromUnit_StepThatDoubleCannotHold_GivesTheDecimalAndStaysInside()
    {
        var parameter = new FloatParameter("p", 0, 0.3, step: 0.1);
        Assert.Equal([0, 0.1, 0.2, 0.3], Values(parameter).Select(v => v.Number));
    }

    [Theory]
    [InlineData(-5, 5, 1, Scale.Linear)]
    [InlineData(0, 20, 3, Scale.Linear)]
    public void FromUnit_LinearWholeNumber_EveryValueEquallyLikely(long low, long high, long step, Scale scale)
    {
        const int points = 11_000 * 7;
        var parameter = new IntParameter("p", low, high, scale, step);
        var counts = Enumerable.Range(0, points).GroupBy(i => parameter.FromUnit((i + 0.5) / points)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(parameter.Cardinality, counts.Count);
        Assert.All(counts.Values, c => Assert.Equal(points / counts.Count, c));
    }

    [Fact]
    public void FromUnit_LogWholeNumber_SharesAreRatiosOfTheCells()
    {
        const int points = 1_000_000;
        var parameter = new IntParameter("p", 1, 100, Scale.Log);
        var counts = Enumerable.Range(0, points).GroupBy(i => parameter.FromUnit((i + 0.5) / points).Number).ToDictionary(g => g.Key, g => g.Count());
        foreach (var value in new double[] { 1, 2, 10, 99, 100 })
        {
            Assert.Equal(Math.Log((value + 0.5) / (value - 0.5)) / Math.Log(100.5 / 0.5), counts[value] / (double)points, 4);
        }
    }

    [Fact]
    public void FromUnit_LogReal_MiddleIsTheGeometricMean()
        => Assert.Equal(0.1, new FloatParameter("p", 0.001, 10, Scale.Log).FromUnit(0.5).Number, 12);

    [Fact]
    public void FromUnit_OutsideTheInterval_IsClamped()
    {
        foreach (var parameter in SpaceExamples.Mixed.Parameters)
        {
            Assert.Equal(parameter.FromUnit(0), parameter.FromUnit(-3));
            Assert.Equal(parameter.FromUnit(1), parameter.FromUnit(7));
        }
    }

    [Theory]
    [InlineData(0.5, 0.1, Scale.Linear, null, "Parameter 'rate': low 0.5 exceeds high 0.1; swap them.")]
    [InlineData(double.NaN, 0.1, Scale.Linear, null, "Parameter 'rate': the bounds must be finite numbers, not NaN and 0.1.")]
    [InlineData(0, double.PositiveInfinity, Scale.Linear, null, "Parameter 'rate': the bounds must be finite numbers, not 0 and Infinity.")]
    [InlineData(0, 1, Scale.Log, null, "Parameter 'rate': a log scale needs a low above 0, not 0.")]
    [InlineData(0, 1, Scale.Linear, 0.0, "Parameter 'rate': the step must be above 0 and not too small for the range, not 0.")]
    [InlineData(0, 1, Scale.Linear, double.NaN, "Parameter 'rate': the step must be above 0 and not too small for the range, not NaN.")]
    [InlineData(0, 1, Scale.Linear, 1e-20, "Parameter 'rate': the step must be above 0 and not too small for the range, not 1E-20.")]
    [InlineData(0.1, 1, Scale.Log, 0.1, "Parameter 'rate': a step of 0.1 needs a linear scale; leave out the step or the log scale.")]
    public void Float_InvalidDefinition_ThrowsWithWords(double low, double high, Scale scale, double? step, string message)
        => Assert.Equal(message, Assert.Throws<ArgumentException>(() => new FloatParameter("rate", low, high, scale, step)).Message);

    [Theory]
    [InlineData(5, 1, Scale.Linear, 1, "low 5 exceeds high 1")]
    [InlineData(0, 9, Scale.Log, 1, "a log scale needs a low above 0, not 0")]
    [InlineData(1, 9, Scale.Linear, 0, "the step must be above 0")]
    [InlineData(1, 9, Scale.Log, 2, "a step of 2 needs a linear scale")]
    [InlineData(long.MinValue, 9, Scale.Linear, 1, "whole numbers go up to")]
    public void Int_InvalidDefinition_ThrowsWithWords(long low, long high, Scale scale, long step, string part)
        => Assert.Contains(part, Assert.Throws<ArgumentException>(() => new IntParameter("depth", low, high, scale, step)).Message);

    [Fact]
    public void Choice_NoneOrTwice_ThrowsWithWords()
    {
        Assert.Contains("at least one choice", Assert.Throws<ArgumentException>(() => new ChoiceParameter("kind")).Message);
        Assert.Contains("a, b, a", Assert.Throws<ArgumentException>(() => new ChoiceParameter("kind", "a", "b", "a")).Message);
    }

    [Theory]
    [InlineData("rate", "2")]
    [InlineData("depth", "2.5")]
    [InlineData("share", "0.15")]
    [InlineData("kind", "other")]
    [InlineData("rate", "fast")]
    public void ToUnit_ValueNotAllowed_ThrowsWithTheRange(string name, string given)
    {
        var parameter = SpaceExamples.Mixed.Parameters[SpaceExamples.Mixed.IndexOf(name)];
        ParameterValue value = double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : given;
        var message = Assert.Throws<ArgumentException>(() => parameter.ToUnit(value)).Message;
        Assert.Equal($"Parameter '{name}' can't be '{given}'; allowed is {parameter.Describe()}.", message);
    }

    [Fact]
    public void Describe_EachKind_SaysRangeScaleAndStep()
        => Assert.Equal(
            ["0.001 to 1, log", "2 to 1024, log, whole", "plain or extra or dart", "0 to 0.5", "1 to 6, whole", "gini or entropy", "0.1 to 1 in steps of 0.1"],
            SpaceExamples.Mixed.Parameters.Select(p => p.Describe()));

    private static List<ParameterValue> Values(Parameter parameter)
    {
        // finer than the narrowest cell of any example
        const int points = 10_000;
        return [.. Enumerable.Range(0, points + 1).Select(i => parameter.FromUnit(i / (double)points)).Distinct()];
    }
}
