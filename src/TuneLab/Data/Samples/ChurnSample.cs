using TuneLab.Randomness;
using static TuneLab.Data.Samples.SampleText;

namespace TuneLab.Data.Samples;

/// <summary>Customers of a telephone company, some of whom leave: categories, booleans, missing values, an identifier and two columns of noise.</summary>
internal sealed class ChurnSample : Sample
{
    private static readonly string[] Contracts = ["monthly", "yearly", "two-year"];
    private static readonly double[] ContractEffects = [0.9, -0.3, -1.5];
    private static readonly string[] Internets = ["fibre", "dsl", "none"];
    private static readonly double[] InternetPrices = [42, 26, 12];
    private static readonly string[] Payments = ["card", "transfer", "invoice"];
    private static readonly string[] Regions = ["north", "east", "south", "west", "centre", "coast", "hills", "lakes"];
    private static readonly double[] RegionEffects = [0.5, -0.4, 0, 0.2, -0.6, 0.7, -0.2, 0.1];

    public override string Name => "churn";

    public override string Summary => "customers who leave: 15 features with categories and missing values, an identifier";

    public override LearningTask Task => LearningTask.Binary;

    public override string Label => "churned";

    public override IReadOnlyList<string> Classes { get; } = ["no", "yes"];

    public override int DefaultRows => 5000;

    public override IReadOnlyList<string> Columns { get; } =
    [
        "customer_id", "age", "tenure_months", "contract", "internet", "payment", "region", "monthly_charge", "data_gb", "support_calls", "late_payments", "paperless", "family_plan",
        "satisfaction", "days_since_contact", "referrals", "churned",
    ];

    public override string Formula =>
        "logit = 1.3 x (-2 + contract (monthly 0.9, yearly -0.3, two-year -1.5) + 1.6 exp(-tenure_months / 9) + region (8 effects, -0.6 to 0.7) + 0.09 max(0, monthly_charge - fair price), "
        + "where the fair price is 42 / 26 / 12 by internet plus 0.15 data_gb; + 0.45 min(support_calls, 5) on monthly contracts, 0.05 on others; + 0.5 min(late_payments, 4) when paid by invoice; "
        + "+ 0.9 when internet is fibre and data_gb is under 20, or dsl and over 60; + ((age - 48) / 22)^2 / 2 - 0.4; - 0.35 (satisfaction - 6), or + 0.3 where satisfaction is missing; "
        + "- 0.6 on a family plan after 12 months). paperless, days_since_contact and referrals do not matter. Missing: satisfaction 30 %, data_gb 8 % (its terms are then 0 and the price is 45 / 29 / 12).";

    internal override SampleRow Draw(int row, SeededRandom random)
    {
        var contract = Pick(random, 0.55, 0.27);
        var internet = Pick(random, 0.45, 0.4);
        var payment = Pick(random, 0.45, 0.3);
        var region = random.NextInt(Regions.Length);
        var age = Math.Round(Math.Clamp(46 + 16 * random.NextNormal(), 18, 90));
        var tenure = Math.Floor(Math.Min(72, -(contract == 0 ? 16 : 34) * Math.Log(1 - random.NextDouble())));
        var usedGb = Math.Round(internet == 2 ? 0 : Math.Min(150, 35 * Math.Exp(0.7 * random.NextNormal())), 1);
        double? dataGb = random.NextDouble() < 0.08 ? null : usedGb;
        var charge = Math.Round(Math.Max(8, InternetPrices[internet] + 0.15 * usedGb + 9 * random.NextNormal()), 2);
        var calls = Count(random, 1.4);
        var late = Count(random, payment == 2 ? 1.3 : 0.4);
        var paperless = random.NextDouble() < 0.6;
        var family = random.NextDouble() < 0.35;
        double? satisfaction = random.NextDouble() < 0.3 ? null : Math.Round(Math.Clamp(6.5 + 2 * random.NextNormal(), 1, 10));
        var days = random.NextInt(365);
        var referrals = Count(random, 0.5);

        var price = dataGb is { } gb ? InternetPrices[internet] + 0.15 * gb : internet switch { 0 => 45, 1 => 29, _ => 12 };
        var score = -2 + ContractEffects[contract] + 1.6 * Math.Exp(-tenure / 9) + RegionEffects[region] + 0.09 * Math.Max(0, charge - price)
            + (contract == 0 ? 0.45 : 0.05) * Math.Min(calls, 5) + (payment == 2 ? 0.5 * Math.Min(late, 4) : 0)
            + ((internet == 0 && dataGb < 20) || (internet == 1 && dataGb > 60) ? 0.9 : 0)
            + Math.Pow((age - 48) / 22, 2) / 2 - 0.4 + (satisfaction is { } s ? -0.35 * (s - 6) : 0.3) - (family && tenure > 12 ? 0.6 : 0);
        var probability = 1 / (1 + Math.Exp(-1.3 * score));
        var churned = random.NextDouble() < probability;

        // The identifier is a bijection of the row number: distinct, and without order.
        var id = 10_000_000 + row * 7_919L % 89_999_999;
        string[] fields =
        [
            "C" + Whole(id), Whole(age), Whole(tenure), Contracts[contract], Internets[internet], Payments[payment], Regions[region], Fixed(charge, 2),
            dataGb is { } known ? Fixed(known, 1) : "", Whole(calls), Whole(late), paperless ? "yes" : "no", family ? "yes" : "no", satisfaction is { } rated ? Whole(rated) : "",
            Whole(days), Whole(referrals), churned ? "yes" : "no",
        ];
        return new SampleRow(fields, churned ? 1 : 0, [probability]);
    }

    private static int Pick(SeededRandom random, double first, double second)
    {
        var u = random.NextDouble();
        return u < first ? 0 : u < first + second ? 1 : 2;
    }

    // Poisson, by Knuth's product of uniforms.
    private static int Count(SeededRandom random, double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
