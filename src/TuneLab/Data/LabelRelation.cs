using TuneLab.Analysis;

namespace TuneLab.Data;

/// <summary>How a column goes together with the label, over the rows in which both are known. Which measures there are depends on the types; NaN where one is not defined.</summary>
public sealed record LabelRelation
{
    /// <summary>Rows in which both are known, and finite.</summary>
    public required int Rows { get; init; }

    /// <summary>A number or date against a number: Pearson's r. Against two classes: the point-biserial correlation.</summary>
    public double? Pearson { get; init; }

    /// <summary>A number or date against a number: Spearman's rho.</summary>
    public double? Spearman { get; init; }

    /// <summary>A number or date against two classes: area under the ROC curve of the number as it is, below 0.5 where smaller numbers speak for the positive class.</summary>
    public double? Auc { get; init; }

    /// <summary>A category against a number, a number against three or more classes: the correlation ratio.</summary>
    public CorrelationRatio? Ratio { get; init; }

    /// <summary>A category against classes.</summary>
    public ChiSquaredTest? ChiSquared { get; init; }

    /// <summary>
    /// One figure from 0 to 1 to order columns by: the largest of |r|, |rho| and |2 AUC - 1|, or eta or Cramer's V without what many levels bring by chance. 0 where nothing is defined.
    /// </summary>
    public required double Strength { get; init; }

    /// <summary>
    /// How much of the label the column alone tells, from 0 to 1, missing values as a value of their own: the share of the most frequent class's wrong answers that are avoided, or R squared. Each row is
    /// predicted by the other rows with a like value (at most 256 bins of a number); for a number also by one threshold, or a straight line through values or ranks.
    /// </summary>
    public required double Alone { get; init; }

    /// <summary>Whether it is the label under another name: a value for each class and the other way round, or the same number, in every row.</summary>
    public required bool Copy { get; init; }
}
