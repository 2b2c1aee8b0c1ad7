using TuneLab.Randomness;
using static TuneLab.Data.Samples.SampleText;

namespace TuneLab.Data.Samples;

/// <summary>Beetles of five species of unequal number, told apart by size, place and season: curved and overlapping regions.</summary>
internal sealed class SpeciesSample : Sample
{
    private const double Sharpness = 2.2;

    private static readonly string[] Habitats = ["forest", "meadow", "wetland", "scrub", "alpine"];
    private static readonly string[] Colours = ["black", "bronze", "green", "blue"];

    // [habitat, species]
    private static readonly double[,] HabitatEffects =
    {
        { 0.9, -0.2, 0.1, -0.4, 0.2 }, { -0.3, 0.8, -0.2, 0.3, 0 }, { 0, -0.3, 1.2, -0.3, 0.1 }, { -0.2, 0.3, -0.5, 0.8, 0.1 }, { -0.3, -0.5, -0.6, -0.1, 1.3 },
    };

    // [colour, species]
    private static readonly double[,] ColourEffects = { { 0.5, -0.1, 0.2, 0.1, -0.3 }, { 0.1, 0.5, -0.3, 0, 0.2 }, { -0.3, 0.2, 0.1, 0.4, 0 }, { -0.2, -0.3, 0.4, -0.2, 0.5 } };

    public override string Name => "species";

    public override string Summary => "beetles of five species of unequal number: 12 features, two of them categories";

    public override LearningTask Task => LearningTask.Multiclass;

    public override string Label => "species";

    public override IReadOnlyList<string> Classes { get; } = ["auratus", "cancellatus", "granulatus", "nitens", "violaceus"];

    public override int DefaultRows => 4000;

    public override IReadOnlyList<string> Columns { get; } =
    [
        "body_mm", "wing_case_mm", "antenna_mm", "weight_mg", "ridges", "elevation_m", "temperature_c", "rainfall_mm", "soil_ph", "day_of_year", "habitat", "colour", "species",
    ];

    public override string Formula =>
        "softmax of 2.2 x the five scores, where b = (body_mm - 22) / 4, r = (wing_case_mm / body_mm - 0.62) / 0.04, a = (antenna_mm / body_mm - 0.45) / 0.06, "
        + "h = (elevation_m - 700) / 450, t = temperature_c - (16 - 0.006 elevation_m), d = (day_of_year - 190) / 45, p = soil_ph - 6: "
        + "auratus 0.5 + 0.8 b - 0.4 r^2 + 0.3 d; cancellatus 0.3 - 0.3 b + 0.7 r - 0.35 d^2; granulatus 0.9 (rainfall_mm > 900) - 0.7 |b| + 0.4 a r; nitens 0.6 p + 0.5 a - 0.3 h + 0.3 t d; "
        + "violaceus -0.5 + 0.8 h - 0.4 a^2 + 0.35 b h, violaceus 0.4 more with 9 ridges or more; plus a table by habitat and one by colour. weight_mg follows from the other sizes.";

    internal override SampleRow Draw(int row, SeededRandom random)
    {
        var body = Math.Round(22 + 4 * random.NextNormal(), 1);
        var wing = Math.Round(body * (0.62 + 0.04 * random.NextNormal()), 1);
        var antenna = Math.Round(body * (0.45 + 0.06 * random.NextNormal()), 1);
        var weight = Math.Round(0.05 * body * body * wing * Math.Exp(0.12 * random.NextNormal()));
        var ridges = 5 + random.NextInt(4) + random.NextInt(4);
        var elevation = Math.Round(Math.Clamp(700 + 450 * random.NextNormal(), 0, 2600));
        var warmth = 2.2 * random.NextNormal();
        var temperature = Math.Round(16 - 0.006 * elevation + warmth, 1);
        var rainfall = Math.Round(Math.Max(250, 760 + 0.12 * elevation + 190 * random.NextNormal()));
        var acidity = Math.Round(Math.Clamp(6 + 0.9 * random.NextNormal(), 3.5, 9), 1);
        var day = Math.Round(Math.Clamp(190 + 45 * random.NextNormal(), 60, 330));
        var habitat = elevation > 1500 && random.NextDouble() < 0.7 ? 4 : random.NextInt(4);
        var colour = random.NextInt(Colours.Length);

        double b = (body - 22) / 4, r = (wing / body - 0.62) / 0.04, a = (antenna / body - 0.45) / 0.06, h = (elevation - 700) / 450;
        double t = temperature - (16 - 0.006 * elevation), d = (day - 190) / 45, p = acidity - 6;
        double[] scores =
        [
            0.5 + 0.8 * b - 0.4 * r * r + 0.3 * d,
            0.3 - 0.3 * b + 0.7 * r - 0.35 * d * d,
            (rainfall > 900 ? 0.9 : 0) - 0.7 * Math.Abs(b) + 0.4 * a * r,
            0.6 * p + 0.5 * a - 0.3 * h + 0.3 * t * d,
            -0.5 + 0.8 * h - 0.4 * a * a + 0.35 * b * h + (ridges >= 9 ? 0.4 : 0),
        ];
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = Math.Exp(Sharpness * (scores[k] + HabitatEffects[habitat, k] + ColourEffects[colour, k]));
        }

        var sum = scores.Sum();
        var probabilities = Array.ConvertAll(scores, s => s / sum);
        var species = Draw(random, probabilities);
        string[] fields =
        [
            Fixed(body, 1), Fixed(wing, 1), Fixed(antenna, 1), Whole(weight), Whole(ridges), Whole(elevation), Fixed(temperature, 1), Whole(rainfall), Fixed(acidity, 1), Whole(day),
            Habitats[habitat], Colours[colour], Classes[species],
        ];
        return new SampleRow(fields, species, probabilities);
    }

    private static int Draw(SeededRandom random, double[] probabilities)
    {
        var u = random.NextDouble();
        var index = 0;
        while (index < probabilities.Length - 1 && u >= probabilities[index])
        {
            u -= probabilities[index++];
        }

        return index;
    }
}
