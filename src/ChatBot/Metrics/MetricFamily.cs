using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ChatBot.Metrics;

/// <summary>One instrument and its values by set of labels. Recording allocates only for a set not seen before.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    // Labels are our own words; should one ever not be, this is where its growth ends.
    private const int MostSeries = 500;

    private readonly ConcurrentDictionary<(string, string), Series> _series = new();
    private readonly double[]? _buckets = instrument is Histogram<double> histogram
        ? [.. histogram.Advice?.HistogramBucketBoundaries ?? [], double.PositiveInfinity]
        : null;

    private string Type => _buckets is not null ? "histogram" : IsGauge ? "gauge" : "counter";

    private bool IsGauge => instrument is ObservableGauge<double>;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (tags.Length > 0 ? Value(tags[0]) : "", tags.Length > 1 ? Value(tags[1]) : "");
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MostSeries)
            {
                key = (tags.Length > 0 ? "other" : "", tags.Length > 1 ? "other" : "");
            }

            var labels = Labels(tags, key);
            series = _series.GetOrAdd(key, _ => new Series(labels, _buckets));
        }

        series.Add(value);
    }

    /// <summary>An observable instrument reports all of its values each time, a counter its sum too: earlier values are dropped.</summary>
    public void ForgetObserved()
    {
        if (instrument.IsObservable)
        {
            _series.Clear();
        }
    }

    public void Render(StringBuilder text)
    {
        text.Append("# HELP ").Append(instrument.Name).Append(' ').Append(Escape(instrument.Description ?? "", quotes: false))
            .Append("\n# TYPE ").Append(instrument.Name).Append(' ').Append(Type).Append('\n');
        foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            if (_buckets is null)
            {
                Sample(text, "", series.Labels, series.Sum);
            }
            else
            {
                Histogram(text, series);
            }
        }
    }

    private void Histogram(StringBuilder text, Series series)
    {
        var counts = series.Counts();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var edge = $"le=\"{Number(_buckets![i])}\"";
            Sample(text, "_bucket", series.Labels.Length == 0 ? edge : $"{series.Labels},{edge}", total);
        }

        Sample(text, "_sum", series.Labels, series.Sum);
        Sample(text, "_count", series.Labels, total);
    }

    private void Sample(StringBuilder text, string suffix, string labels, double value)
    {
        text.Append(instrument.Name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags, (string First, string Second) values) =>
        tags.Length switch
        {
            0 => "",
            1 => Label(tags[0].Key, values.First),
            2 => $"{Label(tags[0].Key, values.First)},{Label(tags[1].Key, values.Second)}",
            _ => throw new ArgumentException("A metric has two labels at most.", nameof(tags)),
        };

    private static string Label(string name, string value) => $"{name}=\"{Escape(value, quotes: true)}\"";

    private static string Value(KeyValuePair<string, object?> tag) => tag.Value as string ?? "";

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\").Replace("\n", "\\n");
        return quotes ? escaped.Replace("\"", "\\\"") : escaped;
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The value for one set of labels; of a histogram also how many fell into each bucket.</summary>
    private sealed class Series(string labels, double[]? buckets)
    {
        private readonly Lock _adding = new();
        private readonly long[] _counts = new long[buckets?.Length ?? 0];
        private double _sum;

        public string Labels { get; } = labels;

        public double Sum
        {
            get
            {
                lock (_adding)
                {
                    return _sum;
                }
            }
        }

        public void Add(double value)
        {
            lock (_adding)
            {
                _sum += value;
                if (buckets is not null)
                {
                    _counts[Array.FindIndex(buckets, edge => value <= edge)]++;
                }
            }
        }

        public long[] Counts()
        {
            lock (_adding)
            {
                return [.. _counts];
            }
        }
    }
}
