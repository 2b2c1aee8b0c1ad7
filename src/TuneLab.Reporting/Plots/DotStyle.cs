namespace TuneLab.Reporting.Plots;

/// <summary>How a trial's dot looks.</summary>
/// <param name="Classes">The style sheet's classes for it.</param>
/// <param name="Shape">Its outline.</param>
internal readonly record struct DotStyle(string Classes, DotShape Shape = DotShape.Circle)
{
    /// <summary>Colours of the style sheet, <c>--t0</c> and on: they differ in lightness too, so that they can be told apart without red, green or blue.</summary>
    public const int Colours = 5;

    private static readonly int Shapes = Enum.GetValues<DotShape>().Length;

    /// <summary>A trainer's: colour and shape both change from one to the next, and together repeat after the twentieth.</summary>
    /// <param name="trainer">From 0.</param>
    public static DotStyle Of(int trainer) => new("dot t" + (trainer % Colours).ToString(CultureInfo.InvariantCulture), (DotShape)(trainer % Shapes));

    /// <summary>The same, hollow.</summary>
    public DotStyle Hollow() => this with { Classes = Classes + " part" };
}
