using System.Text.RegularExpressions;
using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>
/// A column that tells apart the things that rows are about (patients, customers, tickets), whose rows come to stand on both sides of a split: <c>group-leakage</c>. Found where its values repeat,
/// labels agree within them far more than chance (<see cref="LabelAgreement"/>), and <c>data.group</c> is not set. What its name does not say, few rows per value and a strong agreement must, and for
/// numbers that neighbouring values do not agree nearly as much: those measure something.
/// </summary>
internal sealed partial class SharedEntities : TableCheck
{
    private const int FewestGroups = 20;
    private const double FewestRepeated = 0.2;
    private const double FewestShared = 0.1;
    private const double Errors = 5;
    private const double NamedAgreement = 0.1, UnnamedAgreement = 0.3, StrongAgreement = 0.5;
    private const int UnnamedValues = 50, UnnamedRowsPerValue = 10;

    public override IEnumerable<Finding> Look(TableView view)
    {
        var (table, split) = (view.Table, view.Split);
        if (!split.IsRandom || table.Roles.Group is not null)
        {
            yield break;
        }

        var roles = table.Roles;
        foreach (var profile in view.Profile.Columns.Where(c => c.Name != roles.Label && c.Name != roles.Weight && c.Name != roles.Split && c.Name != roles.Time))
        {
            var column = table.Data[profile.Name];
            var named = IsEntity(profile.Name);
            if (!MayTellApart(column, profile, table.RowCount, named))
            {
                continue;
            }

            var (codes, count) = ColumnCodes.Of(column);
            var agreement = LabelAgreement.Of(table, codes, count);
            var shared = Shared(split, codes, count);
            var measures = column is NumberColumn && !named && agreement.Neighbours > agreement.Within / 3;
            if (agreement.Groups < FewestGroups || agreement.Rows < FewestRepeated * table.RowCount || shared < FewestShared || measures
                || agreement.Within < (named ? NamedAgreement : UnnamedAgreement) || agreement.Within < Errors * agreement.Error)
            {
                continue;
            }

            yield return new Finding(
                "group-leakage", named || agreement.Within >= StrongAgreement ? FindingSeverity.Warning : FindingSeverity.Hint, [profile.Name],
                string.Create(CultureInfo.InvariantCulture, $"'{profile.Name}' has {Whole(agreement.Groups)} values that two or more rows share, and {Percent(shared)} of the {(split.Holdout.Length > 0 ? "holdout's rows have one that is trained on too" : "rows have one")}; within a value '{roles.Label}' agrees far more than chance ({agreement.Within:0.00}, where 0 is chance and 1 always)."),
                $"If new rows will be of values that are not in this table, keep the rows of one together: data.group: {YamlScalar.Of(profile.Name)}{(view.IsFeature(profile.Name) ? " (it is no feature then)" : "")}.");
        }
    }

    private static bool MayTellApart(Column column, ColumnProfile profile, int rows, bool named)
    {
        var known = rows - profile.Missing;
        return column is not (DateColumn or CategoryColumn { Type: ColumnType.Boolean })
            && profile.Distinct >= FewestGroups && profile.Distinct < known
            && (named || (profile.Distinct >= UnnamedValues && known <= UnnamedRowsPerValue * (long)profile.Distinct))
            && (column is not NumberColumn numbers || Array.TrueForAll(numbers.Values, v => double.IsNaN(v) || double.IsInteger(v)));
    }

    // of the holdout's rows those whose value stands in the training rows; without a holdout the rows whose value stands elsewhere
    private static double Shared(PlannedSplit split, int[] codes, int count)
    {
        var trained = new int[count];
        foreach (var row in split.Training.Where(r => codes[r] >= 0))
        {
            trained[codes[row]]++;
        }

        return split.Holdout.Length > 0
            ? (double)split.Holdout.Count(r => codes[r] >= 0 && trained[codes[r]] > 0) / split.Holdout.Length
            : (double)split.Training.Count(r => codes[r] >= 0 && trained[codes[r]] > 1) / split.Training.Length;
    }

    /// <summary>Whether a name's last word says that it tells things apart.</summary>
    internal static bool IsEntity(string name) => Words().IsMatch(name) || Camel().IsMatch(name);

    [GeneratedRegex("(^|[^A-Za-z])(id|uuid|guid|patient|subject|person|customer|client|user|member|account|household|family|student|pupil|employee|player|driver|device|machine|sensor|session|speaker|author|animal|vehicle|ticket|invoice|case)(s|[-_ ]?(id|no|nr|ref))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex("[a-z](Id|ID|Patient|Customer|User|Subject)$", RegexOptions.CultureInvariant)]
    private static partial Regex Camel();
}
