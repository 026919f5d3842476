/** Keywords of DuckDB's SQL, in lower case. */
export const sqlKeywords: readonly string[] = (
  "all alter analyze and anti any array as asc asof begin between by case cast check collate column commit constraint copy create " +
  "cross cube current cycle default delete desc describe distinct drop else end escape except exclude exists explain extract false " +
  "fetch filter first following for foreign from full generated glob group grouping having if ignore ilike in index inner insert " +
  "intersect interval into is join key lambda last lateral left like limit macro map materialized natural not null nulls offset on " +
  "only or order outer over partition pivot positional preceding primary qualify range recursive references rename replace " +
  "respect returning right rollback rollup row rows sample schema select semi sequence set sets show similar some struct summarize " +
  "table tablesample temp temporary then ties to transaction true truncate try_cast unbounded union unique unpivot update using " +
  "values view when where window with within"
).split(" ");

/** Names of DuckDB's types, in lower case. */
export const sqlTypes: readonly string[] = (
  "bigint bit blob bool boolean bytea char date datetime decimal double enum float hugeint int integer json numeric real smallint " +
  "string text time timestamp timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar"
).split(" ");

/** Functions of DuckDB that an analyst is likely to want, in lower case. */
export const sqlFunctions: readonly string[] = (
  "abs age any_value approx_count_distinct approx_quantile arg_max arg_min array_agg avg bool_and bool_or cast ceil century coalesce " +
  "concat concat_ws contains corr count count_if covar_pop covar_samp cume_dist current_date date_add date_diff date_part date_sub " +
  "date_trunc datediff datepart datetrunc day dayname dayofweek dayofyear dense_rank ends_with entropy epoch epoch_ms exp first " +
  "first_value floor format generate_series greatest hash histogram hour ifnull isodow isoyear kurtosis lag last last_day last_value " +
  "lead least left len length levenshtein list list_aggregate list_contains list_distinct list_filter list_reduce list_sort " +
  "list_transform list_value ln log log10 log2 lower lpad ltrim mad make_date make_timestamp max max_by md5 median min min_by minute mode month " +
  "monthname mod nth_value ntile nullif percent_rank pi pow power product quantile_cont quantile_disc quarter random range rank " +
  "regexp_extract regexp_extract_all regexp_matches regexp_replace regr_intercept regr_r2 regr_slope repeat replace reverse right " +
  "round row_number rpad rtrim second sign skewness split_part sqrt starts_with stddev stddev_pop stddev_samp strftime string_agg " +
  "string_split strip_accents strlen strptime struct_pack substr substring sum time_bucket to_days to_hours to_months today " +
  "to_timestamp trim trunc try_strptime typeof unnest upper var_pop var_samp variance week weekday year yearweek"
).split(" ");
