using System.Net;
using System.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>Writes an SVG element. Colours come from the page's style sheet by class, so that a plot follows light and dark.</summary>
internal sealed class SvgCanvas
{
    // how much a drawing may be enlarged: texts of one figure should not be twice as high as those of the next
    private const double Largest = 1.25;

    private readonly StringBuilder _svg = new();
    private readonly double _width, _height;
    private readonly string _alternative;

    /// <param name="width">Drawing units across; texts are 13 of them high.</param>
    /// <param name="height">Drawing units down.</param>
    /// <param name="alternative">What it shows, in words.</param>
    public SvgCanvas(double width, double height, string alternative) => (_width, _height, _alternative) = (width, height, alternative);

    public void Line(double x1, double y1, double x2, double y2, string style)
        => _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

    public void Rectangle(double x, double y, double width, double height, string style)
        => _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>\n");

    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">Plain; escaped here.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="turned">Whether it reads upwards.</param>
    /// <param name="bold">Whether it is a heading.</param>
    /// <param name="small">Whether it is less high than other texts.</param>
    public void Text(double x, double y, string text, string anchor = "start", bool turned = false, bool bold = false, bool small = false)
        => Text(x, y, text, anchor, turned ? -90 : 0, bold ? " class=\"head\"" : small ? " class=\"small\"" : "");

    /// <summary>A text that rises to the right from where it begins.</summary>
    public void Slanted(double x, double y, string text) => Text(x, y, text, "start", -45, "");

    private void Text(double x, double y, string text, string anchor, int degrees, string style)
    {
        var turn = degrees != 0 ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({degrees} {x:0.#} {y:0.#})\"") : "";
        _svg.Append(CultureInfo.InvariantCulture, $"<text{style} x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{turn}>{WebUtility.HtmlEncode(text)}</text>\n");
    }

    /// <summary>A dot, or a triangle of its colour towards the edge that its value lies beyond; its tooltip says what it is.</summary>
    /// <param name="x">Across.</param>
    /// <param name="y">Down.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="beyond">The direction in degrees (0: right, 90: down) of the edge it lies beyond; null: inside.</param>
    /// <param name="tip">Plain; null: none.</param>
    public void Dot(double x, double y, DotStyle style, int? beyond, string? tip)
    {
        var title = tip is null ? "" : "<title>" + WebUtility.HtmlEncode(tip) + "</title>";
        if (beyond is { } degrees)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style.Classes}\" d=\"M-4-4L4 0L-4 4Z\" transform=\"translate({x:0.#} {y:0.#})rotate({degrees})\">{title}</path>\n");
        }
        else if (style.Shape == DotShape.Circle)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style.Classes}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.2\">{title}</circle>\n");
        }
        else
        {
            var (dx, dy, outline) = Outline(style.Shape);
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style.Classes}\" d=\"M{x + dx:0.#} {y + dy:0.#}{outline}Z\">{title}</path>\n");
        }
    }

    /// <summary>A rectangle; its tooltip says what it is.</summary>
    /// <param name="x">Left.</param>
    /// <param name="y">Top.</param>
    /// <param name="width">Of at least 0.</param>
    /// <param name="height">Of at least 0.</param>
    /// <param name="style">The classes of the style sheet.</param>
    /// <param name="opacity">In [0, 1].</param>
    /// <param name="tip">Plain; null: none.</param>
    public void Box(double x, double y, double width, double height, string style, double opacity = 1, string? tip = null)
    {
        var title = tip is null ? "" : "<title>" + WebUtility.HtmlEncode(tip) + "</title>";
        var shade = opacity < 1 ? string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.##}\"") : "";
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(0, width):0.#}\" height=\"{Math.Max(0, height):0.#}\"{shade}>{title}</rect>\n");
    }

    public void Path(IEnumerable<(double X, double Y)> points, string style)
    {
        var data = string.Join("L", points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}")));
        if (data.Length > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"M{data}\"/>\n");
        }
    }

    /// <summary>What lies inside outlines; an outline inside another one is its hole.</summary>
    public void Area(IEnumerable<IEnumerable<(double X, double Y)>> outlines, string style)
    {
        var data = string.Concat(outlines.Select(o => "M" + string.Join("L", o.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}"))) + "Z"));
        if (data.Length > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" fill-rule=\"evenodd\" d=\"{data}\"/>\n");
        }
    }

    // where it begins, from its middle, and how it goes on
    private static (double X, double Y, string Outline) Outline(DotShape shape) => shape switch
    {
        DotShape.Square => (-2.9, -2.9, "h5.8v5.8h-5.8"),
        DotShape.Diamond => (0, -4.2, "l4.2 4.2-4.2 4.2-4.2-4.2"),
        DotShape.Plus => (-1.4, -4.2, "h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    /// <summary>The whole element.</summary>
    public override string ToString()
    {
        var label = WebUtility.HtmlEncode(_alternative);
        return string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" style=\"max-width:{_width * Largest:0}px\" role=\"img\" viewBox=\"0 0 {_width:0.#} {_height:0.#}\" aria-label=\"{label}\">\n{_svg}</svg>");
    }
}
