using TuneLab.Randomness;
using static TuneLab.Data.Samples.SampleText;

namespace TuneLab.Data.Samples;

/// <summary>House prices: a date and a short text among the features, missing values, multiplicative noise.</summary>
internal sealed class HousesSample : Sample
{
    private const double Noise = 0.11;

    private static readonly DateTime FirstDay = new(2019, 1, 1);
    private static readonly string[] Districts = ["Altstadt", "Birkenhain", "Campus", "Docks", "Elmwood", "Fairview", "Greenfield", "Harbour", "Ivyhill", "Jubilee", "Kingsway", "Lakeside"];
    private static readonly double[] DistrictEffects = [0.28, -0.08, 0.1, -0.2, 0, 0.12, -0.14, 0.2, 0.05, -0.25, -0.03, 0.32];
    private static readonly string[] EnergyClasses = ["A", "B", "C", "D", "E", "F", "G"];
    private static readonly double[] EnergyEffects = [0.1, 0.07, 0.04, 0, -0.04, -0.09, -0.16];
    private static readonly string[] Kinds = ["detached house", "terraced house", "cottage", "townhouse", "bungalow"];
    private static readonly double[] KindEffects = [0.1, -0.05, -0.02, 0.03, 0];
    private static readonly string[] Looks = ["charming", "renovated", "spacious", "neglected", "modern", "plain"];
    private static readonly double[] LookEffects = [0.02, 0.12, 0, -0.18, 0.06, -0.03];
    private static readonly string[] Places = ["on a quiet lane", "by a busy road", "near the station", "close to schools", "above the valley", "in a cul-de-sac"];
    private static readonly double[] PlaceEffects = [0.04, -0.12, 0.03, 0.02, 0.11, 0.01];
    private static readonly string[] Extras = ["a fireplace", "a double garage", "a new kitchen", "a leaking roof", "two balconies", "a cellar"];
    private static readonly double[] ExtraEffects = [0.01, 0.07, 0.06, -0.15, 0.03, 0];

    public override string Name => "houses";

    public override string Summary => "house prices: 10 features, a date and a short text among them, missing values";

    public override LearningTask Task => LearningTask.Regression;

    public override string Label => "price";

    public override IReadOnlyList<string> Classes => [];

    public override int DefaultRows => 3000;

    public override IReadOnlyList<string> Columns { get; } =
        ["listed", "district", "area_m2", "rooms", "year_built", "garden_m2", "energy_class", "condition", "station_km", "description", "price"];

    public override string Formula =>
        "log(expected price / 1000) = 2.0 + 0.82 log(area_m2) + district (12 effects, -0.25 to 0.32) + energy_class (7 effects, 0.1 to -0.16; missing 0) + 0.07 (condition - 3), doubled for houses built before 1940; "
        + "+ 0.12 exp(-((year_built - 1905) / 18)^2) + 0.0025 max(0, year_built - 1985) - 0.09 log(1 + station_km), tripled where the district is Campus or Docks; + 0.05 log(1 + garden_m2 / 100) (missing 0.03) "
        + "- 0.04 |area_m2 / rooms - 26| / 10 + words of the description (kind, look, place, two extras: 23 effects, -0.18 to 0.12) + 0.05 x years since 2019 until mid 2022, then falling by 0.07 a year + 0.03 sin(2 pi (month - 3) / 12). "
        + "price = expected price x exp(0.11 z - 0.11^2 / 2), z standard normal, to the nearest 100. Missing: garden_m2 15 %, energy_class 12 %.";

    internal override SampleRow Draw(int row, SeededRandom random)
    {
        var day = FirstDay.AddDays(random.NextInt(2191));
        var district = random.NextInt(Districts.Length);
        var area = Math.Round(Math.Clamp(118 * Math.Exp(0.36 * random.NextNormal()), 35, 420));
        var rooms = Math.Max(1, Math.Round(area / (26 + 5 * random.NextNormal())));
        var built = Math.Round(random.NextDouble() < 0.25 ? 1880 + 60 * random.NextDouble() : 1946 + 75 * Math.Sqrt(random.NextDouble()));
        double? garden = random.NextDouble() < 0.15 ? null : Math.Round(Math.Max(0, -260 * Math.Log(1 - random.NextDouble()) - 60));
        var energy = (int)Math.Clamp(Math.Round((2020 - built) / 22 + 0.9 * random.NextNormal()), 0, 6);
        var energyKnown = random.NextDouble() >= 0.12;
        var condition = 1 + Math.Min(4, random.NextInt(3) + random.NextInt(3));
        var station = Math.Round(-3.2 * Math.Log(1 - random.NextDouble()), 1);
        var (kind, look, place) = (random.NextInt(Kinds.Length), random.NextInt(Looks.Length), random.NextInt(Places.Length));
        var extra = random.NextInt(Extras.Length);
        var other = (extra + 1 + random.NextInt(Extras.Length - 1)) % Extras.Length;

        var years = (day - FirstDay).TotalDays / 365.25;
        var log = 2.0 + 0.82 * Math.Log(area) + DistrictEffects[district] + (energyKnown ? EnergyEffects[energy] : 0) + (built < 1940 ? 0.14 : 0.07) * (condition - 3)
            + 0.12 * Math.Exp(-Math.Pow((built - 1905) / 18, 2)) + 0.0025 * Math.Max(0, built - 1985)
            - (district is 2 or 3 ? 0.27 : 0.09) * Math.Log(1 + station) + (garden is { } g ? 0.05 * Math.Log(1 + g / 100) : 0.03)
            - 0.04 * Math.Abs(area / rooms - 26) / 10 + KindEffects[kind] + LookEffects[look] + PlaceEffects[place] + ExtraEffects[extra] + ExtraEffects[other]
            + (years < 3.5 ? 0.05 * years : 0.175 - 0.07 * (years - 3.5)) + 0.03 * Math.Sin(2 * Math.PI * (day.Month - 3) / 12);
        var expected = 1000 * Math.Exp(log);
        var price = Math.Round(expected * Math.Exp(Noise * random.NextNormal() - Noise * Noise / 2) / 100) * 100;

        string[] fields =
        [
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Districts[district], Whole(area), Whole(rooms), Whole(built), garden is { } known ? Whole(known) : "",
            energyKnown ? EnergyClasses[energy] : "", Whole(condition), Fixed(station, 1), $"{Looks[look]} {Kinds[kind]} {Places[place]} with {Extras[extra]} and {Extras[other]}", Whole(price),
        ];
        return new SampleRow(fields, price, [expected]);
    }
}
