using System.Globalization;
using System.Text.RegularExpressions;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Plots;

namespace TuneLab.Reporting.Tests;

/// <summary>Whether the trainers of a figure can be told apart, by everybody and in every theme.</summary>
public sealed partial class DotStyleTests
{
    // WCAG 2.1, 1.4.11: graphical objects
    private const double LeastContrast = 3;

    // in Oklab, where black and white are 1 apart; the closest of Okabe and Ito's first five are 0.076
    private const double LeastDistance = 0.12;

    // Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
    private static readonly Dictionary<string, double[]> Eyes = new()
    {
        ["all three cones"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string> Themes => ["light", "dark", "print"];

    [Fact]
    public void Of_TwentyTrainers_AreTwentyStyles() => Assert.Equal(20, Enumerable.Range(0, 20).Select(DotStyle.Of).Distinct().Count());

    [Fact]
    public void Of_Neighbours_DifferInColourAndShape()
        => Assert.All(Enumerable.Range(0, 20), i => Assert.True(DotStyle.Of(i).Classes != DotStyle.Of(i + 1).Classes && DotStyle.Of(i).Shape != DotStyle.Of(i + 1).Shape));

    [Theory]
    [MemberData(nameof(Themes))]
    public void Colours_OnThePaper_HaveContrast(string theme)
        => Assert.All(Colours(theme), c => Assert.True(Contrast(c, Colour(theme, "paper")) >= LeastContrast, $"contrast {Contrast(c, Colour(theme, "paper"))}"));

    [Theory]
    [MemberData(nameof(Themes))]
    public void Colours_ToEveryEye_DifferFromOneAnother(string theme)
    {
        var colours = Colours(theme);
        foreach (var (eye, matrix) in Eyes)
        {
            var seen = Array.ConvertAll(colours, c => Oklab(Seen(matrix, c)));
            for (var i = 0; i < seen.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var distance = Math.Sqrt(seen[i].Zip(seen[j], (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(distance >= LeastDistance, $"{theme}, {eye}: t{i} and t{j} are {distance} apart");
                }
            }
        }
    }

    private static double[][] Colours(string theme) => [.. Enumerable.Range(0, DotStyle.Colours).Select(i => Colour(theme, "t" + i.ToString(CultureInfo.InvariantCulture)))];

    private static double[] Colour(string theme, string name)
    {
        var (dark, print) = (HtmlStyle.Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal), HtmlStyle.Css.IndexOf("@media print", StringComparison.Ordinal));
        var part = theme switch
        {
            "light" => HtmlStyle.Css[..dark],
            "dark" => HtmlStyle.Css[dark..print],
            _ => HtmlStyle.Css[print..],
        };
        var hex = HexColour().Matches(part).First(m => m.Groups[1].Value == name).Groups[2].Value;
        hex = hex.Length == 3 ? string.Concat(hex.Select(c => new string(c, 2))) : hex;
        return [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
    }

    [GeneratedRegex("--(\\w+): #([0-9a-f]{3,6});")]
    private static partial Regex HexColour();

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double Contrast(double[] a, double[] b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(double[] c) => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);

    private static double[] Seen(double[] matrix, double[] c) => Array.ConvertAll(Times(matrix, c), v => Math.Clamp(v, 0, 1));

    // Ottosson 2020
    private static double[] Oklab(double[] c)
    {
        var cones = Array.ConvertAll(Times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], c), Math.Cbrt);
        return Times([0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660], cones);
    }

    private static double[] Times(double[] m, double[] v) => [.. Enumerable.Range(0, 3).Select(i => (m[3 * i] * v[0]) + (m[(3 * i) + 1] * v[1]) + (m[(3 * i) + 2] * v[2]))];
}
