using TuneLab.Data;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class DataSection : SectionShape<DataPlan>
{
    private readonly Key<string> _file;
    private readonly Key<string> _label;
    private readonly Key<IReadOnlyList<string>> _ignore;
    private readonly Key<string> _positive;
    private readonly Key<string> _weight;
    private readonly Key<string> _group;
    private readonly Key<string> _time;
    private readonly Key<IReadOnlyDictionary<string, MonotoneDirection>> _monotone;
    private readonly Key<IReadOnlyDictionary<string, ColumnType>> _types;
    private readonly Key<IReadOnlyList<string>> _missing;
    private readonly Key<char> _separator;
    private readonly Key<bool> _header;

    public DataSection()
    {
        _file = Required("file", new TextShape("the path of a CSV file"), "The CSV file; relative to this file's folder.");
        _label = Required("label", Names.Column, "The column to predict.");
        _ignore = Default("ignore", new ListShape<string>(Names.Column, "columns", single: true), [], "Columns that are no features, like an id.");
        _positive = Optional("positive", new TextShape("a class"), "The class that counts as 1 in a binary task. Left out: the last one in sorted order.");
        _weight = Optional("weight", Names.Column, "The column of row weights, at least 0. Left out: every row weighs 1.");
        _group = Optional("group", Names.Column, "The column whose equal values a split must not part.");
        _time = Optional("time", Names.Column, "The column that orders the rows in time.");
        _monotone = Optional("monotone", new MapShape<MonotoneDirection>(Names.Directions, "columns and their directions, increasing or decreasing"),
            "Columns that predictions must follow in one direction: { income: increasing, age: decreasing }. For binary tasks and regressions; trainers that can't keep it are left out.");
        _types = Default("types", new MapShape<ColumnType>(Names.ColumnTypes, "columns and their types"), new Dictionary<string, ColumnType>(), "Column types that override the inferred ones, by column.");
        _missing = Optional("missing", new ListShape<string>(new TextShape("a text", empty: true), "texts", single: true),
            "Texts that stand for a missing value. Left out: empty, NA, NaN, null and ?");
        _separator = Optional("separator", new SeparatorShape(), "The character between fields, or tab. Left out: found from the first lines.");
        _header = Optional("header", new FlagShape(), "Whether the first line names the columns. Left out: found from the first lines.");
    }

    protected override DataPlan Build(SectionReader section)
    {
        var label = section.Get(_label) ?? "";
        foreach (var key in new[] { _weight, _group, _time })
        {
            if (section.Get(key) == label && label.Length > 0)
            {
                section.Faults.Add(section.NodeOf(key), $"'data.{key.Name}' is '{label}', which is the label; name another column.");
            }
        }

        if (section.Get(_ignore)!.Contains(label))
        {
            section.Faults.Add(section.NodeOf(_ignore), $"'data.ignore' lists '{label}', which is the label; take it out.");
        }

        var monotone = section.Get(_monotone) ?? new DataRoles { Label = label }.Monotone;
        foreach (var column in monotone.Keys)
        {
            if (RoleOf(column, section) is { } role)
            {
                section.Faults.Add(((MapNode)section.NodeOf(_monotone)).Entries[column], $"'data.monotone' lists '{column}', which is {role} and no feature; take it out.");
            }
        }

        return new DataPlan
        {
            File = section.Get(_file) is { } file ? Path.GetFullPath(file, section.Context.Folder) : "",
            Roles = new DataRoles
            {
                Label = label,
                Ignore = section.Get(_ignore)!,
                Positive = section.Get(_positive),
                Weight = section.Get(_weight),
                Group = section.Get(_group),
                Time = section.Get(_time),
                Monotone = monotone,
            },
            Types = section.Get(_types)!,
            Missing = section.Get(_missing),
            Separator = section.Maybe(_separator),
            Header = section.Maybe(_header),
        };
    }

    protected override void Put(SectionWriter section, DataPlan value)
    {
        section.Put(_file, value.File);
        section.Put(_label, value.Roles.Label);
        section.Put(_ignore, value.Roles.Ignore);
        section.Put(_positive, value.Roles.Positive);
        section.Put(_weight, value.Roles.Weight);
        section.Put(_group, value.Roles.Group);
        section.Put(_time, value.Roles.Time);
        section.Put(_monotone, value.Roles.Monotone.Count > 0 ? value.Roles.Monotone : null);
        section.Put(_types, value.Types);
        section.Put(_missing, value.Missing);
        section.Put(_separator, value.Separator);
        section.Put(_header, value.Header);
    }

    private string? RoleOf(string column, SectionReader section)
        => column == section.Get(_label) ? "the label"
            : section.Get(_ignore)!.Contains(column) ? "ignored"
            : new[] { _weight, _group, _time }.FirstOrDefault(key => section.Get(key) == column) is { } role ? "the " + role.Name
            : null;
}
