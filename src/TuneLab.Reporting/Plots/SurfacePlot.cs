using TuneLab.Analysis.Importance;
using TuneLab.Metrics;
using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>The score over the two hyperparameters that matter most, as the trees of the importance have it: steps, the stronger their colour the better, with the trials as points.</summary>
internal static class SurfacePlot
{
    private const int Steps = 7;
    private const int MostDots = 500;
    private const double WorstShown = 0.1; // of the surface: a hopeless corner must not make all else alike
    private static readonly PlotFrame Frame = new(88, 338, 12, 262);

    /// <param name="winners">The trials.</param>
    /// <param name="surface">As the analysis kept it.</param>
    /// <returns>Null when the space has no such hyperparameters: it is of another version.</returns>
    public static FigureBlock? Draw(WinnersTrials winners, MarginalSurface surface)
    {
        if (winners.Find(surface.Across.Name) is not { } across || winners.Find(surface.Up.Name) is not { } up)
        {
            return null;
        }

        var metric = winners.All.Metric;
        var trials = winners.Trials.Where(t => t.Status == TrialStatus.Completed).Select(t => (Trial: t, X: WinnersTrials.Value(t, across), Y: WinnersTrials.Value(t, up))).Where(t => t.X is not null && t.Y is not null).ToList();
        var every = 1 + (trials.Count - 1) / MostDots;
        var best = trials.OrderByDescending(t => t.Trial.Fidelity.IsFull).ThenBy(t => t.Trial.Score, Comparer<double>.Create(metric.Compare)).FirstOrDefault();
        var levels = Levels(surface, metric);
        var alternative = Words(winners, surface, levels) + (best.Trial is null ? "" : $" The points are {(every > 1 ? $"every {Show.Whole(every)}th of " : "")}{Show.Count(trials.Count, "trial")}; the best, number {Show.Whole(best.Trial.Number)}, has {across.Name} {ConfigurationText.Value(best.X!.Value)} and {up.Name} {ConfigurationText.Value(best.Y!.Value)}.");
        List<LegendItem> entries = [];
        if (best.Trial is not null)
        {
            entries = [new LegendItem(every > 1 ? $"every {Show.Whole(every)}th trial" : "trial", null, Spot), .. trials.Exists(t => !t.Trial.Fidelity.IsFull) ? [new LegendItem("given less", null, Spot.Hollow())] : (LegendItem[])[], new LegendItem("best", null, DotStyle.Of(2))];
        }

        var legend = new PlotLegend(entries, Frame.Right - Frame.Left);
        var canvas = new SvgCanvas(450, Frame.Bottom + PlotFrame.Below + legend.Height, alternative);
        var (x, y) = (new ParameterAxis(across, Frame.Left, Frame.Right), new ParameterAxis(up, Frame.Bottom, Frame.Top));
        var (columns, rows) = (Nodes(across, surface.Across), Nodes(up, surface.Up));
        var sign = metric.HigherIsBetter ? 1 : -1;
        var contour = new Contour([.. columns.Select(c => c.At)], [.. rows.Select(r => r.At)], [.. rows.Select(r => (IReadOnlyList<double>)[.. columns.Select(c => sign * surface.Scores[r.Level][c.Level])])]);
        foreach (var (value, _) in levels)
        {
            canvas.Area(contour.Region(sign * value).Select(o => o.Select(p => (Frame.Left + p.X * (Frame.Right - Frame.Left), Frame.Bottom - p.Y * (Frame.Bottom - Frame.Top)))), "step");
        }

        Axes(canvas, x, y, across, up);
        foreach (var (trial, left, height) in trials.Where((t, i) => i % every == 0))
        {
            canvas.Dot(x.At(left!.Value), y.At(height!.Value), trial.Fidelity.IsFull ? Spot : Spot.Hollow(), null, winners.All.Tip(trial));
        }

        if (best.Trial is not null)
        {
            canvas.Dot(x.At(best.X!.Value), y.At(best.Y!.Value), DotStyle.Of(2), null, winners.All.Tip(best.Trial));
            legend.Draw(canvas, Frame.Left, Frame.Bottom + PlotFrame.Below + 10);
        }

        Scale(canvas, levels, metric);
        return new FigureBlock($"{across.Name} and {up.Name}", alternative, canvas.ToString());
    }

    private static DotStyle Spot => new("spot");

    // round values, the worst one first
    private static List<(double Value, string Label)> Levels(MarginalSurface surface, Objective metric)
    {
        var ordered = surface.Scores.SelectMany(s => s).Order(Comparer<double>.Create(metric.Compare)).ToList();
        var (best, worst) = (ordered[0], ordered[(int)((1 - WorstShown) * (ordered.Count - 1))]);
        if (best == worst)
        {
            return [];
        }

        var ticks = new PlotAxis(Math.Min(best, worst), Math.Max(best, worst), 0, 1, Steps).Ticks;
        return metric.HigherIsBetter ? ticks : [.. ticks.AsEnumerable().Reverse()];
    }

    private static string Words(WinnersTrials winners, MarginalSurface surface, List<(double Value, string Label)> levels)
    {
        var metric = winners.All.Metric;
        var cells = surface.Scores.SelectMany((row, r) => row.Select((score, c) => (Score: score, Spread: surface.Spreads[r][c], Across: surface.Across.Levels[c].Value, Up: surface.Up.Levels[r].Value))).OrderBy(c => c.Score, Comparer<double>.Create(metric.Compare)).ToList();
        var active = surface.Active < 1 ? " where both are active" : "";
        var steps = levels.Count == 0 ? "It is level." : $"Steps, the stronger the colour the better, at {string.Join(", ", levels.Select(l => l.Label))}.";
        return $"{metric.Id} ({Explain.Direction(metric)}) of {winners.Trainer} by {surface.Across.Name} and {surface.Up.Name}, averaged over everything else{active}, as the trees of the importance have it: best at {At(cells[0])}, worst at {At(cells[^1])}. {steps}";

        string At((double Score, double Spread, ParameterValue Across, ParameterValue Up) cell)
            => $"{surface.Across.Name} {ConfigurationText.Value(cell.Across)} and {surface.Up.Name} {ConfigurationText.Value(cell.Up)} ({Show.Number(cell.Score)}, the trees ± {Show.Number(cell.Spread)})";
    }

    // where the surface is drawn from: a choice fills its cell, a number goes on to the ends of its axis
    private static List<(double At, int Level)> Nodes(Parameter parameter, SurfaceAxis axis)
    {
        if (parameter is ChoiceParameter choice)
        {
            var half = 0.5 / choice.Choices.Count;
            return [.. axis.Levels.SelectMany((l, i) => ((double, int)[])[(l.Coordinate - half, i), (l.Coordinate + half, i)])];
        }

        List<(double At, int Level)> nodes = [.. axis.Levels.Select((l, i) => (l.Coordinate, i))];
        return [.. nodes[0].At > 0 ? [(0, 0)] : (IEnumerable<(double, int)>)[], .. nodes, .. nodes[^1].At < 1 ? [(1, nodes[^1].Level)] : (IEnumerable<(double, int)>)[]];
    }

    private static void Axes(SvgCanvas canvas, ParameterAxis x, ParameterAxis y, Parameter across, Parameter up)
    {
        var room = across is ChoiceParameter choice ? (Frame.Right - Frame.Left) / choice.Choices.Count - 4 : double.PositiveInfinity;
        foreach (var (at, label) in x.Ticks)
        {
            canvas.Line(at, Frame.Bottom, at, Frame.Bottom + 5, "axis");
            canvas.Text(at, Frame.Bottom + 18, PlotText.Cut(label, room), "middle");
        }

        foreach (var (at, label) in y.Ticks)
        {
            canvas.Line(Frame.Left - 5, at, Frame.Left, at, "axis");
            canvas.Text(Frame.Left - 8, at + 4, PlotText.Cut(label, Frame.Left - 28), "end");
        }

        canvas.Line(Frame.Left, Frame.Bottom, Frame.Right, Frame.Bottom, "axis");
        canvas.Line(Frame.Left, Frame.Top, Frame.Left, Frame.Bottom, "axis");
        canvas.Text((Frame.Left + Frame.Right) / 2, Frame.Bottom + 36, PlotText.Cut(across.Name, Frame.Right - Frame.Left), "middle");
        canvas.Text(13, (Frame.Top + Frame.Bottom) / 2, PlotText.Cut(up.Name, Frame.Bottom - Frame.Top), "middle", turned: true);
    }

    // the steps once more, one upon another as in the plot, the best on top
    private static void Scale(SvgCanvas canvas, List<(double Value, string Label)> levels, Objective metric)
    {
        const double Left = 360, Width = 16, Top = 52;
        canvas.Text(Left, 22, PlotText.Cut(metric.Id, 450 - Left));
        canvas.Text(Left, 37, Explain.Direction(metric), small: true);
        var height = (Frame.Bottom - Top) / (levels.Count + 1);
        canvas.Rectangle(Left, Top, Width, Frame.Bottom - Top, "box");
        for (var i = 0; i < levels.Count; i++)
        {
            var at = Frame.Bottom - ((i + 1) * height);
            canvas.Rectangle(Left, Top, Width, at - Top, "step");
            canvas.Text(Left + Width + 6, at + 4, levels[i].Label);
        }
    }
}
