namespace TuneLab.Data;

/// <summary>Where numbers lie; quantiles are interpolated linearly between the two nearest values.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Lower">The quantile 0.25.</param>
/// <param name="Median">The quantile 0.5.</param>
/// <param name="Upper">The quantile 0.75.</param>
/// <param name="Max">The largest.</param>
/// <param name="Mean">The arithmetic mean.</param>
public sealed record NumberSummary(double Min, double Lower, double Median, double Upper, double Max, double Mean);

/// <summary>Where dates lie.</summary>
/// <param name="First">The earliest.</param>
/// <param name="Last">The latest.</param>
public sealed record DateSummary(DateTime First, DateTime Last);

/// <summary>A level and how often it occurs.</summary>
/// <param name="Level">Its text.</param>
/// <param name="Count">The number of rows.</param>
public sealed record LevelCount(string Level, int Count);

/// <summary>How many numbers lie where, in bins of equal width; whole numbers of a narrow range have a bin each.</summary>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends.</param>
/// <param name="Counts">[bins]: rows in each; a number on an edge is in the bin that begins there, <see cref="High"/> in the last one.</param>
/// <param name="Below">Rows below <see cref="Low"/>: more than three times the middle half's width away from it, infinities among them.</param>
/// <param name="Above">Rows above <see cref="High"/>, likewise.</param>
public sealed record Histogram(double Low, double High, IReadOnlyList<int> Counts, int Below, int Above);

/// <summary>Whiskers and outliers of a box plot by Tukey's fences, which stand one and a half times the box's width (upper minus lower quartile) away from it.</summary>
/// <param name="Low">The smallest number within the fences.</param>
/// <param name="High">The largest one.</param>
/// <param name="Below">Rows below the lower fence.</param>
/// <param name="Above">Rows above the upper fence.</param>
public sealed record BoxSummary(double Low, double High, int Below, int Above)
{
    /// <summary>Rows outside the fences.</summary>
    public int Outliers => Below + Above;
}

/// <summary>What is known of the label.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Task">What learning it would be.</param>
/// <param name="Rows">Rows with a label.</param>
/// <param name="Classes">Rows by class, in the order of class indexes; empty for a regression.</param>
public sealed record LabelSummary(string Name, LearningTask Task, int Rows, IReadOnlyList<LevelCount> Classes);
